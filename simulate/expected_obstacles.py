"""What the marts must say of obstacles: the latest report of each, its age, and what became of the blocked criterion.

A part of expected.py. It reads the truth only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

from ingest import reference
from simulate.indicators import STANDS
from simulate.planted import Report
from simulate.registers import latest_reported
from simulate.topic import Row, Rows, Truth
from simulate.truth_help import event_period_of
from simulate.world import period

KEYS = {
    "fct_obstacle": ("reporting_unit_id", "obstacle_no"),
    "fct_obstacle_criterion": ("reporting_unit_id", "obstacle_no"),
}
QUERIES = {
    "fct_obstacle_criterion": """
        select link.*, named.obstacle_no
        from fct_obstacle_criterion as link inner join fct_obstacle as named using (obstacle_id)
    """
}
DAYS_WITHOUT_DUE_DATE = 30  # an entry without a due date is overdue after these


def expected_obstacles(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    """fct_obstacle and fct_obstacle_criterion."""
    from simulate.expected_criteria import expected_results, expected_statuses  # it needs the world, which needs topics

    latest = latest_reported(truth["obstacle"], KEYS["fct_obstacle"], sent)
    results = expected_results(truth["indicator_result"], faults, sent)
    marks = _marks(expected_statuses(truth["criterion_status"], results, faults, sent))
    return {
        "fct_obstacle": [row | aged(row) for row in latest],
        "fct_obstacle_criterion": [_blocked(row, marks) for row in latest if row["criterion_no"] is not None],
    }


def overdue_from(row: Row) -> date:
    """The last day on which an entry is not overdue."""
    day: date = row["due_on"] or row["raised_on"] + timedelta(days=DAYS_WITHOUT_DUE_DATE)
    return day


def aged(row: Row) -> Row:
    """Age and lateness of an entry on the closing day of the report that speaks for it."""
    as_of = period(row["reporting_period_id"])["data_to"]
    until = row["resolved_on"] or as_of
    limit = overdue_from(row)
    return {
        "register_unit_id": row["reporting_unit_id"],  # no unit of the sample ends
        "event_period_id": event_period_of(row["raised_on"]),
        "as_of_date": as_of,
        "is_open": row["resolved_on"] is None,
        "age_days": (until - row["raised_on"]).days,
        "last_day_in_time": limit,
        "is_overdue": row["resolved_on"] is None and as_of > limit,
        "days_overdue": max(0, (until - limit).days),
        "days_to_answer": _days(row["raised_on"], row["answered_on"]),
        "days_to_resolve": _days(row["raised_on"], row["resolved_on"]),
    }


def _days(first: date, second: date | None) -> int | None:
    return None if second is None else (second - first).days


@cache
def _set_of(title_code: str, stage: str) -> str:
    return next(
        str(row["set_code"])
        for row in reference.rows("title_sets")
        if (row["title_code"], row["stage"], row["province_code"]) == (title_code, stage, None)
    )


def _marks(statuses: Iterable[Row]) -> dict[tuple[Any, ...], list[tuple[date, str, str]]]:
    """(unit, set, criterion) -> closing day, period and declared mark, oldest first."""
    found: dict[tuple[Any, ...], list[tuple[date, str, str]]] = {}
    for row in statuses:
        if row["declared_mark"] is not None:
            subject = (row["unit_id"], row["criteria_set_code"], row["criterion_no"])
            name = row["reporting_period_id"]
            found.setdefault(subject, []).append((period(name)["data_to"], name, row["declared_mark"]))
    return {subject: sorted(own) for subject, own in found.items()}


def _blocked(row: Row, marks: dict[tuple[Any, ...], list[tuple[date, str, str]]]) -> Row:
    set_code = _set_of(row["title_code"], period(row["reporting_period_id"])["stage"])
    told = marks.get((row["unit_id"], set_code, row["criterion_no"]), [])
    before = [one for one in told if one[0] <= row["raised_on"]]
    since = [one for one in told if row["resolved_on"] is not None and one[0] >= row["resolved_on"]]
    met = [name for _, name, mark in since if mark in STANDS]
    return {
        "reporting_period_id": row["reporting_period_id"],
        "reporting_unit_id": row["reporting_unit_id"],
        "obstacle_no": row["obstacle_no"],
        "kind_code": row["kind_code"],
        "unit_id": row["unit_id"],
        "criteria_set_code": set_code,
        "criterion_no": row["criterion_no"],
        "raised_on": row["raised_on"],
        "resolved_on": row["resolved_on"],
        "mark_when_raised": before[-1][2] if before else None,
        "latest_mark": told[-1][2] if told else None,
        "first_met_period_id": met[0] if met else None,
        "is_met_afterwards": bool(met) if since else None,
    }
