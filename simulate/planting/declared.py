"""Faults against what form specs declare: for every constraint of every form, one row of a valid report that breaks it.

Belongs here: choosing the row and the change, and the other constraints of the row that break with it. Does not belong
here: the constraints (ingest/forms), faults that need more than a spec says (the other families).

One workbook carries the faults of one rule in as many forms as declare it, and the second of each form goes into
another; so the proof stays short and every cell is looked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from ingest import reference
from ingest.spec import Column, ColumnType, FormSpec, Position, Register, load_specs
from simulate.planting.base import COMMUNE, bases
from simulate.planting.constraints import (
    AFTER,
    BESIDE,
    FALLS,
    LIMIT,
    MISSING,
    NIL,
    ORDER,
    SUM,
    WHEN,
    broken,
    closing_day,
    held_row,
    in_range,
    row_that_stands,
)
from simulate.planting.declaration import Plant, Planting
from simulate.planting.report import Report, Row, Spot, cover_key, key_of

BASES = ("city", "city_end", "district", "city_year")
DAY = timedelta(days=1)
# constraints that no row of the valid reports lends itself to, and why that is all right
LEFT_OUT: Mapping[tuple[str, str, str], str] = {
    (WHEN, "recognitions", "model_field"): "the city has no model commune; one is added by hand (recognitions.py)",
    (FALLS, "helper_summary", "briefing_count"): "the city's agencies held none, so none can be taken back",
    (FALLS, "helper_summary", "communication_count"): "the city's agencies held none, so none can be taken back",
}
# rules in words of their own that may speak too, by constraint
FOLLOWS: Mapping[tuple[str, str, str], tuple[str, ...]] = {
    (AFTER, "recognitions", "decision_date"): ("advanced_without_base_title",),
    (MISSING, "helper_assignments", "agency_code"): ("activity_outside_assignment", "summary_without_assignment"),
    (MISSING, "helper_activities", "activity_no"): ("summary_differs_from_activities",),
    (FALLS, "helper_summary", "visit_count"): ("summary_differs_from_activities",),
    (AFTER, "activities", "activity_date"): ("inspection_without_finding_count",),
    (ORDER, "tasks", "due_on"): ("task_overdue_without_explanation",),
    (ORDER, "tasks", "revised_due_on"): ("task_overdue_without_explanation",),
    (LIMIT, "satisfaction", "asked_count"): ("satisfaction_asked_differs",),
    (FALLS, "contributions", "quantity"): ("contribution_value_differs_from_price",),
    (AFTER, "obstacles", "raised_on"): ("obstacle_number_reused",),
    (ORDER, "projects", "planned_finish"): ("late_without_explanation",),
    (SUM, "projects", "debt_vnd"): ("debt_differs_from_volume", "debt_without_origin"),
    (BESIDE, "policies", "issued_on"): ("policy_without_date",),
    (WHEN, "dossiers", "completed_on"): ("dossier_ahead_of_criterion",),
    (WHEN, "dossiers", "confirmed_on"): ("dossier_status_behind_dates", "dossier_round_skipped"),
    (WHEN, "dossiers", "submitted_on"): ("dossier_status_behind_dates", "dossier_round_skipped"),
    (AFTER, "dossiers", "submitted_on"): ("dossier_status_behind_dates",),
    (WHEN, "obstacles", "addressee_agency_code"): ("obstacle_addressee_does_not_fit_authority",),
    (SUM, "evaluations", "total_points"): ("evaluation_points_exceed_weight",),
}

Change = dict[str, Any]
Options = Callable[[FormSpec, Column, Row, Report], Iterator[Change]]


@dataclass(frozen=True)
class Constraint:
    """One thing that a spec declares; of a whole form the column is the one whose cell is shown."""

    rule_id: str
    form: str
    column: str


@dataclass(frozen=True)
class Chosen:
    """Where a constraint is broken: base, row by its place, change, and what may break with it."""

    base: str
    row_no: int
    change: Change
    follows: frozenset[str]


def plantings() -> tuple[Planting, ...]:
    """The faults of every constraint that a valid report lends itself to; see unplanted."""
    packs: dict[tuple[str, str, int], list[Constraint]] = defaultdict(list)
    for constraint in constraints():
        if (chosen := _chosen(constraint)) is not None:
            taken = sum(
                one.form == constraint.form
                for (rule_id, base, _), pack in packs.items()
                if (rule_id, base) == (constraint.rule_id, chosen.base)
                for one in pack
            )
            packs[constraint.rule_id, chosen.base, taken].append(constraint)
    return tuple(_planting(rule_id, base, pack) for (rule_id, base, _), pack in packs.items())


def unplanted() -> list[Constraint]:
    """Constraints that no row of the bases can break, but for those that are left out for a reason."""
    return [
        one for one in constraints() if _chosen(one) is None and (one.rule_id, one.form, one.column) not in LEFT_OUT
    ]


@cache
def constraints() -> tuple[Constraint, ...]:
    """Everything that form specs declare, in workbook order."""
    return tuple(one for spec in load_specs().values() for one in _of_form(spec))


def _of_form(spec: FormSpec) -> Iterator[Constraint]:
    for column in spec.columns:
        declared = {
            FALLS: column.cumulative, AFTER: column.by_closing_day, ORDER: column.not_before, LIMIT: column.at_most,
            SUM: column.sum_of, BESIDE: column.needed_with, WHEN: column.needed_when,
        }  # fmt: skip
        yield from (Constraint(rule_id, spec.form, column.name) for rule_id, is_so in declared.items() if is_so)
    if spec.register is not None:
        yield Constraint(MISSING, spec.form, _first_key(spec))
    if spec.nil_allowed and (spec.register is Register.LASTING or len(spec.due_in) > 1):
        yield Constraint(NIL, spec.form, f"nil_{spec.form}")


def _planting(rule_id: str, base: str, pack: Sequence[Constraint]) -> Planting:
    shown = ", ".join(f"{load_specs()[one.form].number}: {one.column}" for one in pack)
    chosen = [one for constraint in pack if (one := _chosen(constraint)) is not None]
    others = (FOLLOWS.get((one.rule_id, one.form, one.column), ()) for one in pack)
    may_follow = frozenset[str]().union(*(one.follows for one in chosen), *others) - {rule_id}
    return Planting(rule_id, f"{FAULTS[rule_id]} ({shown})", _plant(pack), base=base, may_follow=may_follow)


def _plant(pack: Sequence[Constraint]) -> Plant:
    def plant(report: Report) -> list[Spot]:
        return [spot for constraint in pack for spot in _spoil(report, constraint)]

    return plant


def _spoil(report: Report, constraint: Constraint) -> list[Spot]:
    chosen, form = _chosen(constraint), constraint.form
    assert chosen is not None
    rows = report.rows[form]
    if constraint.rule_id == NIL:
        rows.clear()
        report.cover[constraint.column] = True
        return [cover_key(report, constraint.column)]
    if constraint.rule_id == MISSING:
        rows.pop(chosen.row_no)
        return [key_of(form, rows[0], constraint.column)]
    row = rows[chosen.row_no]
    for other in _same_sheet_row(load_specs()[form], rows, row):
        other.update({name: value for name, value in chosen.change.items() if _is_of_row(form, name)})
    row.update(chosen.change)
    spoilt = broken(load_specs()[form], row, report)
    return [key_of(form, row, column) for rule_id, column in sorted(spoilt) if rule_id == constraint.rule_id]


def _same_sheet_row(spec: FormSpec, rows: Sequence[Row], row: Row) -> list[Row]:
    """The rows that stand on one sheet row of a matrix, which has one cell for what they share."""
    key = [name for name in spec.key if spec.axis is not None and name != spec.axis.name]
    return [other for other in rows if key and all(other.get(name) == row.get(name) for name in key)]


def _is_of_row(form: str, name: str) -> bool:
    return load_specs()[form].column(name).position is Position.ROW


@cache
def _chosen(constraint: Constraint) -> Chosen | None:
    """The row and change that break a constraint, and the fewest others; None where there is none."""
    spec = load_specs()[constraint.form]
    for base in BASES:
        report = bases()[base]
        if constraint.rule_id in (MISSING, NIL):
            if (row_no := row_that_stands(spec, report, constraint.rule_id)) is not None:
                return Chosen(base, row_no, {}, frozenset())
            continue
        found = list(_possible(spec, constraint, report))
        if found:
            _, row_no, change, follows = min(found, key=lambda one: (one[0], one[1]))
            return Chosen(base, row_no, change, follows)
    return None


def _possible(
    spec: FormSpec, constraint: Constraint, report: Report
) -> Iterator[tuple[tuple[int, int, int], int, Change, frozenset[str]]]:
    """Changes that break the constraint: how much breaks with it, how many blank cells they fill and how full the row
    is; the row, the change and what breaks."""
    column = spec.column(constraint.column)
    fixed = {name for name in spec.key if name != "criteria_set_code" and spec.column(name).required}
    for row_no, row in enumerate(report.rows.get(spec.form, ())):
        for change in OPTIONS[constraint.rule_id](spec, column, row, report):
            changed = {**row, **change}
            spoilt = broken(spec, changed, report)
            others = {one for one in spoilt if one != (constraint.rule_id, constraint.column)}
            if len(others) == len(spoilt) or set(change) & fixed or not in_range(spec, change):
                continue
            filled = sum(value is not None for value in row.values())
            added = sum(row.get(name) is None for name, value in change.items() if value is not None)
            yield (len(others), added, filled), row_no, change, frozenset(rule_id for rule_id, _ in others)


def _days(spec: FormSpec, column: Column, row: Row, report: Report) -> Iterator[Change]:
    yield {column.name: closing_day(report) + DAY}


def _steps(spec: FormSpec, column: Column, row: Row, report: Report) -> Iterator[Change]:
    """The later step a day before the earlier one: the later is changed, or the earlier."""
    other = column.not_before
    assert other is not None
    if isinstance(row.get(other), date):
        yield {column.name: row[other] - DAY}
    if isinstance(row.get(column.name), date):
        yield {other: row[column.name] + DAY}
    yield {other: closing_day(report) - DAY, column.name: closing_day(report) - 2 * DAY}


def _parts(spec: FormSpec, column: Column, row: Row, report: Report) -> Iterator[Change]:
    other = column.at_most
    assert other is not None
    step = _step(column, 2)
    if row.get(other) is not None:
        yield {column.name: row[other] + step}
    if row.get(column.name) is not None:
        yield {other: row[column.name] - step}
    yield {other: step, column.name: step * 2}


def _sums(spec: FormSpec, column: Column, row: Row, report: Report) -> Iterator[Change]:
    step = _step(column, len(column.sum_of) + 2)
    if all(row.get(name) is not None for name in column.sum_of):
        summed = sum((row[name] for name in column.sum_of), start=type(step)(0))
        yield {column.name: summed + step}
        if summed >= step:
            yield {column.name: summed - step}
    parts = {name: _step(column, 1) for name in column.sum_of}
    yield {**parts, column.name: sum(parts.values(), start=type(step)(0)) + step}


def _falling(spec: FormSpec, column: Column, row: Row, report: Report) -> Iterator[Change]:
    held = held_row(spec, row, report)
    if held is not None and held.get(column.name):
        yield {column.name: held[column.name] - _step(column, 1)}
        yield {column.name: 0 * held[column.name]}


def _beside(spec: FormSpec, column: Column, row: Row, report: Report) -> Iterator[Change]:
    other = column.needed_with
    assert other is not None
    if row.get(other) is not None:
        yield {column.name: None}
    else:
        yield {column.name: None, other: _example(spec.column(other), report)}


def _asked(spec: FormSpec, column: Column, row: Row, report: Report) -> Iterator[Change]:
    yield {column.name: None}
    answers = {name: codes[0] == "true" if spec.column(name).type is ColumnType.BOOLEAN else codes[0]
               for name, codes in column.needed_when}  # fmt: skip
    yield {column.name: None, **answers}


OPTIONS: Mapping[str, Options] = {
    AFTER: _days, ORDER: _steps, LIMIT: _parts, SUM: _sums, FALLS: _falling, BESIDE: _beside, WHEN: _asked,
}  # fmt: skip
FAULTS = {
    AFTER: "dated the day after the closing day", ORDER: "a step dated before the one it follows",
    LIMIT: "a part larger than its whole", SUM: "a sum that is not that of its parts",
    FALLS: "less than in the report before of the same year", BESIDE: "left blank beside what needs it",
    WHEN: "left blank where an answer asks for it", MISSING: "a row of the report before is gone",
    NIL: "declared nil, though the report before held rows",
}  # fmt: skip


def _first_key(spec: FormSpec) -> str:
    """The column in whose cell a missing row is shown."""
    names = [name for name in spec.key if name != "criteria_set_code"]
    return next((name for name in names if spec.column(name).required), names[0])


def _step(column: Column, units: int) -> Any:
    """So many units of a number: a difference that no rounding explains."""
    match column.type:
        case ColumnType.MONEY:
            return units * Decimal(1_000_000)
        case ColumnType.DECIMAL:
            return Decimal(units)
    return units


def _example(column: Column, report: Report) -> Any:
    match column.type:
        case ColumnType.CODE if column.code_list in ("communes_of_unit", "places_of_unit"):
            return COMMUNE
        case ColumnType.CODE:
            assert column.code_list is not None
            return reference.code_list(column.code_list)[0]["code"]
        case ColumnType.DATE:
            return closing_day(report) - 10 * DAY
        case ColumnType.TEXT:
            return "12/KH-UBND"
        case ColumnType.BOOLEAN:
            return True
    return _step(column, 5)
