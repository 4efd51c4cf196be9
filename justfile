# Every task of the project; people, pre-commit and CI call the same names.

set shell := ["bash", "-euo", "pipefail", "-c"]

# list the tasks
default:
    @just --list

# the main job on the sample province
demo:
    ntm demo

# every test
test *args:
    pytest {{ args }}

# style of Python and SQL
lint:
    ruff check .
    ruff format --check .
    sqlfluff lint dbt_project/models dbt_project/analyses --disable-progress-bar

# mend style
format:
    ruff check --fix .
    ruff format .
    sqlfluff fix dbt_project/models dbt_project/analyses --disable-progress-bar

types:
    mypy

# the arrow of imports
imports:
    lint-imports

# Dagster definitions load
definitions:
    dg check defs

# all that CI asks
ci: lint types imports definitions test

# write the tested set of versions into pyproject.toml, from what is resolved now
pin:
    python .ci/pin_versions.py
