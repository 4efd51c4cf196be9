"""Builders in the words of the office: landed rows, batches, and what the rules say of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from ingest.spec import landing_schema, load_specs

FIRST_ROW = 10
TRA_CU = "849"


@dataclass(frozen=True)
class Cell:
    """A cell that is not simply its typed value: a text without a value, or a value typed in other words."""

    typed: Any
    text: str | None
    problem: str | None = None


def address(form: str, column: str, row_number: int) -> str:
    """Where the builder puts a column: in the order of the spec, from column A."""
    names = [one.name for one in load_specs()[form].columns]
    return f"{chr(ord('A') + names.index(column))}{row_number}"


def landed(form: str, rows: Sequence[Mapping[str, Any]], submission_id: str, period_id: str) -> Any:
    """Landed rows of a form; a row may name row_number, row_kind, sheet and criteria_set_code beside its columns."""
    import pyarrow as pa

    spec = load_specs()[form]
    records = []
    for position, row in enumerate(rows):
        number = row.get("row_number", FIRST_ROW + position)
        kind, sheet = row.get("row_kind", "data"), row.get("sheet", spec.sheets[0].name)
        axis = f":{row.get(spec.axis.name)}" if spec.axis else ""
        record: dict[str, Any] = {
            "submission_id": row.get("submission_id", submission_id),
            "parse_id": "parse",
            "run_id": "run",
            "reporting_unit_id": TRA_CU,
            "reporting_period_id": period_id,
            "form_version": spec.version,
            "criteria_set_code": row.get("criteria_set_code", spec.sheets[0].criteria_set_code),
            "sheet": sheet,
            "row_id": f"{sheet}!{number}{':total' if kind == 'total' else ''}{axis}",
            "row_number": number,
            "row_kind": kind,
        }
        for column in spec.columns:
            given = row.get(column.name)
            cell = given if isinstance(given, Cell) else Cell(given, None if given is None else str(given))
            record |= {
                column.name: cell.typed,
                f"{column.name}__text": cell.text,
                f"{column.name}__cell": address(form, column.name, number),
                f"{column.name}__problem": cell.problem,
            }
        records.append(record)
    return pa.Table.from_pylist(records, schema=landing_schema(spec))


@pytest.fixture(scope="session")
def cell() -> Callable[..., Cell]:
    return Cell


@pytest.fixture(scope="session")
def gx_context() -> Any:
    from expectations.validation import new_context

    return new_context()


@pytest.fixture(scope="session")
def make_batch() -> Callable[..., Any]:
    def make(
        forms: Mapping[str, Sequence[Mapping[str, Any]]], period_id: str = "2023M06", unit_id: str = TRA_CU
    ) -> Any:
        from expectations.landed import Batch

        reading = {"submission_id": "s1", "parse_id": "parse", "run_id": "run", "reporting_unit_id": unit_id}
        submissions = {row.get("submission_id", "s1") for rows in forms.values() for row in rows} | {"s1"}
        readings = [{**reading, "submission_id": one, "reporting_period_id": period_id} for one in sorted(submissions)]
        return Batch(
            period_id=period_id,
            readings=tuple(readings),
            parts=tuple(
                {**one, "form": form, "state": "present", "rows_sent": len(rows), "landing_file": None}
                for one in readings
                for form, rows in forms.items()
            ),
            tables={form: landed(form, forms.get(form, ()), "s1", period_id) for form in load_specs()},
        )

    return make


@pytest.fixture(scope="session")
def findings_of_query(gx_context: Any, make_batch: Callable[..., Any]) -> Callable[..., list[Any]]:
    """Findings of one query rule on landed rows, in reading order."""

    def judge(rule_id: str, forms: Mapping[str, Sequence[Mapping[str, Any]]], **about: Any) -> list[Any]:
        from expectations.batch import judge_query
        from expectations.evidence import open_views
        from expectations.verdict import in_reading_order

        with open_views(make_batch(forms, **about)) as views:
            judged = judge_query(gx_context, rule_id, views)
        return in_reading_order(found for _, found in judged.found)

    return judge


@pytest.fixture(scope="session")
def findings_of_form(gx_context: Any) -> Callable[..., list[Any]]:
    """Findings of the column rules of a form, in reading order."""

    def judge(form: str, rows: Sequence[Mapping[str, Any]], period_id: str = "2023M06") -> list[Any]:
        from expectations.batch import judge_form
        from expectations.verdict import in_reading_order

        table = landed(form, rows, "s1", period_id)
        judged = judge_form(gx_context, load_specs()[form], table, period_id)
        return in_reading_order(found for _, found in judged.found)

    return judge
