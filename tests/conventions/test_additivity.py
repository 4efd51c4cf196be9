"""Claims about how figures add up: each numeric column of a fact says it, once, beside its declaration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from ingest.spec import load_specs

MARTS = Path(__file__).resolve().parents[2] / "dbt_project" / "models" / "marts"
WORDS = {"cumulative", "yearly", "discrete", "stock", "none"}

Model = dict[str, Any]


def facts() -> Iterator[Model]:
    for path in sorted(MARTS.rglob("*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models") or []:
            if model["name"].startswith("fct_"):
                yield model


def columns_of(model: Model) -> dict[str, dict[str, Any]]:
    return {column["name"]: column for column in model["columns"]}


def is_numeric(column: dict[str, Any]) -> bool:
    return re.match(r"(tiny|small|big|huge)?int|decimal|numeric|double|float", column["data_type"].strip()) is not None


def meta(column: dict[str, Any]) -> dict[str, Any]:
    return dict(column.get("config", {}).get("meta", {}))


def test_every_numeric_column_of_a_fact_says_how_it_adds_up() -> None:
    silent = [
        f"{model['name']}.{name}: {meta(column).get('additivity')}"
        for model in facts()
        if not model["name"].endswith("__history")
        for name, column in columns_of(model).items()
        if is_numeric(column) and meta(column).get("additivity") not in WORDS
    ]
    assert silent == []


def test_a_column_adds_up_within_columns_of_its_own_fact() -> None:
    unknown = [
        f"{model['name']}.{name}: {within}"
        for model in facts()
        for name, column in columns_of(model).items()
        for within in meta(column).get("within", ())
        if within not in columns_of(model)
    ]
    assert unknown == []


def test_a_history_adds_up_like_its_fact_and_says_nothing_of_its_own() -> None:
    said = [
        f"{model['name']}.{name}"
        for model in facts()
        if model["name"].endswith("__history")
        for name, column in columns_of(model).items()
        if "additivity" in meta(column)
    ]
    assert said == []


def test_what_a_form_calls_cumulative_is_cumulative_or_a_state_in_its_fact() -> None:
    """Since the start of a work: the state on the closing day. Of a support: of the one row that speaks for it."""
    by_name = {model["name"]: model for model in facts()}
    since_the_start = {
        ("fct_project", "accepted_vnd"): "stock",
        ("fct_project", "disbursed_total_vnd"): "stock",
        ("fct_support", "delivered_vnd"): "discrete",
    }
    by_form = {
        "apparatus": "fct_apparatus",
        "contributions": "fct_contribution",
        "funding_sources": "fct_funding",
        "helper_summary": "fct_helper_summary",
        "projects": "fct_project",
        "support": "fct_support",
        "thematic_programmes": "fct_thematic_result",
    }
    found: dict[tuple[str, str], str] = {}
    for form, spec in load_specs().items():
        for column in spec.columns:
            if column.cumulative:
                fact = by_form[form]
                found[fact, column.name] = meta(columns_of(by_name[fact])[column.name])["additivity"]
    assert {key: word for key, word in found.items() if word != "cumulative"} == since_the_start
