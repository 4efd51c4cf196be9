"""Declared closures: what a mart rests on reaches no farther than it says itself."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

MODELS = Path(__file__).parents[2] / "dbt_project" / "models"
REACH = ["period", "year", "later", "all"]  # the last one is of a mart that declares nothing

REF = re.compile(r"(?:ref|current_rows|as_known)\('(\w+)'")


@cache
def declared() -> dict[str, dict[str, Any]]:
    documents = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in (MODELS / "marts").rglob("*.yml"))
    return {model["name"]: model for document in documents for model in document.get("models", ())}


def closure_of(name: str) -> str:
    return str(declared()[name].get("config", {}).get("meta", {}).get("closure", REACH[-1]))


@cache
def read_by(name: str) -> frozenset[str]:
    """Facts that a model reads, through intermediate models; a fact stands for everything that it reads itself."""
    (path,) = MODELS.rglob(f"{name}.sql")
    found: set[str] = set()
    for other in set(REF.findall(path.read_text(encoding="utf-8"))):
        if other.startswith("int_"):
            found |= read_by(other)
        elif other.startswith("fct_") and not other.endswith("__history"):
            found.add(other)
    return frozenset(found)


def closed_models() -> list[str]:
    return [name for name in declared() if closure_of(name) != "all"]


def test_a_closure_is_one_of_the_four() -> None:
    assert {closure_of(name) for name in declared()} == set(REACH)


def test_a_mart_reaches_as_far_as_every_fact_that_it_reads() -> None:
    short = {
        (name, other)
        for name in closed_models()
        for other in read_by(name)
        if REACH.index(closure_of(other)) > REACH.index(closure_of(name))
    }
    assert short == set()


def test_every_row_of_a_mart_with_a_closure_is_of_a_period() -> None:
    for name in closed_models():
        (period,) = [column for column in declared()[name]["columns"] if column["name"] == "reporting_period_id"]
        assert {"type": "not_null"} in period.get("constraints", []), name
