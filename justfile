# Every task of the project; people, pre-commit and CI call the same names.

set shell := ["bash", "-euo", "pipefail", "-c"]

# list the tasks
default:
    @just --list

# the main job on the sample province
demo:
    ntm demo

# every test, in as many processes as there are cores; a file's tests stay together
test *args:
    pytest -n auto --dist loadfile {{ args }}

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

# plant every fault into a valid workbook, judge it, write docs/rules.md
prove-rules:
    python -m benchmarks.prove_rules

# all that CI asks
ci: lint types imports definitions test

# write the tested set of versions into pyproject.toml, from what is resolved now
pin:
    python .ci/pin_versions.py

# docs/value_repairs.md: mangled cells through the real reader
value-repairs:
    python -m benchmarks.value_repairs

# docs/fuzzing.md: damaged workbooks through the reader
fuzz:
    python -m benchmarks.fuzz_reader

# Superset with the dashboards of dashboards/superset on http://127.0.0.1:8088, in an environment of its own
superset *args:
    dashboards/superset/start.sh {{ args }}

# open every dashboard of a running `just superset` in Chromium: pictures, and headline numbers beside SQL on the marts
superset-check folder *periods:
    NTM_SUPERSET_DSN="${NTM_SUPERSET_DSN:-$NTM_POSTGRES_DSN}" NTM_DATA_DIR="${NTM_DATA_DIR:-data}" uv run --no-project --isolated --python 3.11 --with playwright --with psycopg2-binary python dashboards/superset/check.py {{ folder }} {{ periods }}

# the data dictionary and dbt's own documentation as pages
dictionary folder:
    ntm dictionary --out {{ folder }} --dbt-docs
