"""Which of the constraints that form specs declare a row of a report breaks, counted beside whatever judges it.

Belongs here: the constraints between the columns of a row, and between a report and the one before. Does not belong
here: which row is spoilt and how (declared.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ingest import reference
from ingest.spec import ColumnType, FormSpec, Register
from simulate.planting.report import Report, Row

FALLS, AFTER, ORDER = "cumulative_figure_falls", "date_after_closing_day", "dates_out_of_order"
LIMIT, SUM = "figure_above_its_limit", "sum_differs_from_parts"
BESIDE, WHEN = "value_needed_beside", "value_needed_when"
MISSING, NIL = "row_missing_from_register", "nil_but_reported_before"


def broken(spec: FormSpec, row: Row, report: Report) -> set[tuple[str, str]]:
    """Constraints between the columns of a row, and with the report before, that do not hold: (rule, column)."""
    found = set()
    held = held_row(spec, row, report) or {}
    for column in spec.columns:
        value = row.get(column.name)
        if value is None:
            asked = all(str(row.get(name)).lower() in map(str.lower, codes) for name, codes in column.needed_when)
            if column.needed_when and asked:
                found.add((WHEN, column.name))
            if column.needed_with is not None and row.get(column.needed_with) is not None:
                found.add((BESIDE, column.name))
            continue
        whole, earlier = row.get(column.at_most or ""), row.get(column.not_before or "")
        parts = [row.get(name) for name in column.sum_of]
        given = [part for part in parts if part is not None]
        then = held.get(column.name) if column.cumulative else None
        checks = {
            AFTER: column.by_closing_day and value > closing_day(report),
            ORDER: earlier is not None and value < earlier,
            LIMIT: whole is not None and value > whole,
            SUM: bool(given) and (value != sum(given) if len(given) == len(parts) else value < sum(given)),
            FALLS: then is not None and value < then,
        }
        found |= {(rule_id, column.name) for rule_id, is_broken in checks.items() if is_broken}
    return found


def in_range(spec: FormSpec, change: Mapping[str, Any]) -> bool:
    """Whether the changed numbers stay within what their cells may hold."""
    for name, value in change.items():
        column = spec.column(name)
        if value is None or column.type not in (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.MONEY):
            continue
        scale = 1_000_000 if column.type is ColumnType.MONEY else 1
        if column.minimum is not None and value < column.minimum * scale:
            return False
        if column.maximum is not None and value > column.maximum * scale:
            return False
    return True


def row_that_stands(spec: FormSpec, report: Report, rule_id: str) -> int | None:
    """A row that the report before held too and that still stands; for a nil return it need not be in this one."""
    held = held_report(spec, report)
    if held is None:
        return None
    about = reference.period(report.period)
    before = reference.period(held.period)
    assert about is not None
    assert before is not None
    is_same_year = about["year"] == before["year"]
    if spec.register is not Register.LASTING and not is_same_year:
        return None
    keys = {_key(spec, row): row for row in held.rows[spec.form] if _stands(spec, row, about["data_from"])}
    if rule_id == NIL:
        counted = [column.name for column in spec.columns if column.cumulative] if spec.register is None else []
        return 0 if any(not counted or any(row.get(one) for one in counted) for row in keys.values()) else None
    rows = report.rows.get(spec.form, [])
    last_first = [no for no in reversed(range(len(rows))) if _key(spec, rows[no]) in keys]
    return last_first[0] if last_first and len(rows) > 1 else None


def _stands(spec: FormSpec, row: Row, year_begins: date) -> bool:
    ended = row.get(spec.leaves_after) if spec.leaves_after else None
    return ended is None or ended > year_begins


def held_report(spec: FormSpec, report: Report) -> Report | None:
    """The latest report before that holds rows of the form."""
    before = report.before
    while before is not None and not before.rows.get(spec.form):
        before = before.before
    return before


def held_row(spec: FormSpec, row: Row, report: Report) -> Row | None:
    """The row of the report before of the same year with the same key."""
    held = held_report(spec, report)
    if held is None or held.period[:4] != report.period[:4]:
        return None
    return next((one for one in held.rows[spec.form] if _key(spec, one) == _key(spec, row)), None)


def _key(spec: FormSpec, row: Row) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in spec.key)


def closing_day(report: Report) -> date:
    period = reference.period(report.period)
    assert period is not None
    day: date = period["data_to"]
    return day
