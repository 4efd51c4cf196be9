"""The words of the marts: label, meaning, type, key and additivity of every table and column, read from their YAML.

Belongs here: the one reader of what dbt_project/models/marts/**/*.yml says for people. Whoever prints a heading,
comments a table or masks a person asks here. Does not belong here: lineage (lineage.py), pages (dictionary_pages.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ingest.settings import PROJECT_ROOT

MODELS = PROJECT_ROOT / "dbt_project" / "models"
MARTS = MODELS / "marts"


@dataclass(frozen=True)
class MartColumn:
    """One column as its YAML declares it; the contract of the model holds the table to name, type and order.

    `additivity` is one of cumulative, yearly, discrete, stock, none (dim_measure), None where the column is no measure.
    `within`: columns within one value of which alone figures are added. `refers_to`: (mart, column) of a relationship.
    `is_personal`: it names or reaches a person; masked for whoever is not of the office.
    """

    mart: str
    name: str
    label_vi: str
    data_type: str
    description: str
    is_required: bool
    is_personal: bool
    additivity: str | None
    within: tuple[str, ...]
    values: tuple[str, ...]
    refers_to: tuple[str, str] | None


@dataclass(frozen=True)
class Mart:
    """One published table; `key` holds the columns that are unique together, its grain."""

    name: str
    label_vi: str
    description: str
    group: str
    key: tuple[str, ...]
    items: tuple[str, ...]
    columns: tuple[MartColumn, ...]

    @property
    def kind(self) -> str:
        """dimension, fact, history, report."""
        if self.name.endswith("__history"):
            return "history"
        return {"dim": "dimension", "bridge": "dimension", "fct": "fact", "rpt": "report"}[self.name.split("_")[0]]

    def column(self, name: str) -> MartColumn:
        """A column by name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")


@dataclass(frozen=True)
class Metric:
    """One published ratio, as fct_metric.yml defines it."""

    code: str
    label_vi: str
    label_en: str
    numerator_vi: str
    denominator_vi: str
    unit: str
    mart: str
    numerator: str
    denominator: str
    where: str | None


@cache
def marts() -> tuple[Mart, ...]:
    """Every published table by name, its columns in the order of the contract."""
    found = [_mart(model, path) for path in sorted(MARTS.rglob("*.yml")) for model in _models(path)]
    return tuple(sorted(found, key=lambda mart: mart.name))


def mart(name: str) -> Mart:
    """A published table by name. Raises KeyError."""
    return _by_name()[name]


def mart_columns() -> list[MartColumn]:
    """Every column of every published table, by table, in the order of the contract."""
    return [column for mart in marts() for column in mart.columns]


def personal_columns() -> frozenset[tuple[str, str]]:
    """(mart, column) of what names or reaches a person."""
    return frozenset((column.mart, column.name) for column in mart_columns() if column.is_personal)


@cache
def metrics() -> tuple[Metric, ...]:
    """Every published ratio, in the order in which tables print them."""
    for path in sorted(MARTS.rglob("*.yml")):
        for model in _models(path):
            if declared := _meta(model).get("metrics"):
                return tuple(_metric(one) for one in declared)
    return ()


@cache
def group_labels() -> Mapping[str, str]:
    """Vietnamese name of each group of marts, in the order of groups.yml."""
    groups = _load(MODELS / "groups.yml")["groups"]
    return {group["name"]: group["owner"]["name"] for group in groups}


@cache
def _by_name() -> Mapping[str, Mart]:
    return {mart.name: mart for mart in marts()}


def _mart(model: Mapping[str, Any], path: Path) -> Mart:
    name, meta = model["name"], _meta(model)
    return Mart(
        name=name,
        label_vi=meta.get("label_vi", name),
        description=_sentence(model.get("description")),
        group=path.relative_to(MARTS).parts[0],
        key=tuple(next((test["columns"] for test in _tests(model, "unique_key")), ())),
        items=tuple(str(item) for item in meta.get("items", ())),
        columns=tuple(_column(name, column) for column in model["columns"]),
    )


def _column(mart: str, column: Mapping[str, Any]) -> MartColumn:
    meta = _meta(column)
    relation = next(iter(_tests(column, "relationships")), None)
    return MartColumn(
        mart=mart,
        name=column["name"],
        label_vi=meta.get("label_vi", column["name"]),
        data_type=" ".join(column["data_type"].replace(",", ", ").split()),
        description=_sentence(column.get("description")),
        is_required=any(constraint["type"] == "not_null" for constraint in column.get("constraints", ())),
        is_personal=bool(meta.get("personal")),
        additivity=meta.get("additivity"),
        within=tuple(meta.get("within", ())),
        values=tuple(str(value) for test in _tests(column, "accepted_values") for value in test["values"]),
        refers_to=(relation["to"].split("'")[1], relation["field"]) if relation else None,
    )


def _metric(declared: Mapping[str, Any]) -> Metric:
    names = ("code", "label_vi", "label_en", "numerator_vi", "denominator_vi", "unit", "mart")
    return Metric(
        **{name: declared[name] for name in names},
        numerator=" ".join(declared["numerator"].split()),
        denominator=" ".join(declared["denominator"].split()),
        where=" ".join(declared["where"].split()) if "where" in declared else None,
    )


def _tests(declared: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The arguments of every data test of that name."""
    tests = (test for test in declared.get("data_tests", ()) if isinstance(test, dict))
    return [test[name].get("arguments", test[name]) for test in tests if name in test]


def _meta(declared: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**declared.get("meta", {}), **declared.get("config", {}).get("meta", {})}


def _sentence(text: str | None) -> str:
    return " ".join((text or "").split())


def _models(path: Path) -> list[Mapping[str, Any]]:
    return _load(path).get("models") or []


@cache
def _load(path: Path) -> Mapping[str, Any]:
    import yaml

    with path.open(encoding="utf-8") as handle:
        return dict(yaml.load(handle, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
