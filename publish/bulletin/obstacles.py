"""Obstacles and proposals that are open in the reports of the period, with their age on its closing day.

Belongs here: which entries are open by this period's own reports, and those that earlier ones left open and these do
not mention. Does not belong here: the register (fct_obstacle), its latest state whatever the period.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from publish.bulletin.numbers import Number, Numbers
from publish.bulletin.periods import Period

FORM = "obstacles"
TOLD = ("present", "nil")
MOST_SHOWN = 15
KINDS_VI = {"obstacle": "Vướng mắc", "proposal": "Kiến nghị"}


@dataclass(frozen=True)
class Obstacle:
    """One open entry. `overdue_days` is None where it is still in time, or nobody knows until when it had time."""

    unit_vi: str
    place_vi: str
    kind_vi: str
    content: str
    raised_on: date
    age_days: Number
    overdue_days: Number | None


@dataclass(frozen=True)
class UnitObstacles:
    """Of one reporting unit: how many are open, and the age of the oldest."""

    unit_vi: str
    open_count: Number
    oldest_days: Number


@dataclass(frozen=True)
class OpenObstacles:
    """`silent` entries were open when an earlier period reported them, and no later report speaks of them.

    `overdue` is None where the register already speaks for a later period.
    """

    told_units: Number
    expected_units: Number
    open_count: Number
    overdue: Number | None
    oldest: tuple[Obstacle, ...]
    by_unit: tuple[UnitObstacles, ...]
    silent: Number


def open_obstacles(numbers: Numbers, period: Period) -> OpenObstacles:
    """Entries of the period's current reports that are not resolved, the oldest first."""
    of_period = {"reporting_period_id": period.period_id}
    parts = {**of_period, "form": FORM, "is_current": True}
    rows = _open_rows(numbers, period)
    told_units = numbers.count("fct_submission_part", {**parts, "state": TOLD})
    open_where = {
        **of_period,
        "judgement_id": tuple(sorted({row["judgement_id"] for row in rows})) or ("-",),
        "resolved_on": None,
    }
    open_count = numbers.count("fct_obstacle__history", open_where)
    known = Number(open_count.key, open_count.value if told_units.value else None)
    in_register = {**of_period, "is_open": True}
    is_spoken_for = numbers.count("fct_obstacle", in_register).value == known.value
    return OpenObstacles(
        told_units=told_units,
        expected_units=numbers.count("fct_submission", of_period),
        open_count=known,
        overdue=numbers.count("fct_obstacle", {**in_register, "is_overdue": True}) if is_spoken_for else None,
        oldest=tuple(_obstacle(numbers, period, row) for row in rows[:MOST_SHOWN]),
        by_unit=tuple(_by_unit(numbers, period, rows)),
        silent=_silent(numbers, period),
    )


def _open_rows(numbers: Numbers, period: Period) -> list[dict[str, Any]]:
    found = numbers.con.execute(
        """
        select
            entries.judgement_id, entries.row_id, entries.reporting_unit_id, entries.kind_code, entries.content,
            entries.raised_on, entries.due_on, register.obstacle_id, register.last_day_in_time,
            reporters.name_vi as unit_vi, coalesce(places.name_vi, '') as place_vi
        from marts.fct_obstacle__history as entries
        inner join marts.fct_submission_part as parts
            on entries.judgement_id = parts.judgement_id and entries.form = parts.form and parts.is_current
        inner join marts.dim_reporting_unit as reporters on entries.reporting_unit_id = reporters.reporting_unit_id
        left join marts.dim_administrative_unit as places on entries.unit_id = places.unit_id
        left join marts.fct_obstacle as register
            on entries.register_unit_id = register.register_unit_id and entries.obstacle_no = register.obstacle_no
        where entries.reporting_period_id = ? and entries.resolved_on is null
        order by entries.raised_on nulls last, entries.judgement_id, entries.row_id
        """,
        [period.period_id],
    )
    names = [name for name, *_ in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _obstacle(numbers: Numbers, period: Period, row: dict[str, Any]) -> Obstacle:
    entry = {"judgement_id": row["judgement_id"], "row_id": row["row_id"]}
    day = period.data_to
    if row["due_on"]:
        overdue = numbers.days("fct_obstacle__history", "due_on", entry, day)
    else:
        overdue = numbers.days("fct_obstacle", "last_day_in_time", {"obstacle_id": row["obstacle_id"]}, day)
    return Obstacle(
        unit_vi=row["unit_vi"],
        place_vi=row["place_vi"] if row["place_vi"] != row["unit_vi"] else "",
        kind_vi=KINDS_VI.get(row["kind_code"], row["kind_code"]),
        content=row["content"] or "",
        raised_on=row["raised_on"],
        age_days=numbers.days("fct_obstacle__history", "raised_on", entry, day),
        overdue_days=overdue if overdue.value is not None and overdue.value > 0 else None,
    )


def _by_unit(numbers: Numbers, period: Period, rows: list[dict[str, Any]]) -> Iterator[UnitObstacles]:
    judged: dict[str, set[str]] = {}
    for row in rows:
        judged.setdefault(row["unit_vi"], set()).add(row["judgement_id"])
    for name, judgements in judged.items():
        where = {
            "reporting_period_id": period.period_id,
            "judgement_id": tuple(sorted(judgements)),
            "resolved_on": None,
        }
        yield UnitObstacles(
            name,
            numbers.count("fct_obstacle__history", where),
            numbers.days("fct_obstacle__history", "raised_on", where, period.data_to),
        )


def _silent(numbers: Numbers, period: Period) -> Number:
    earlier = numbers.con.execute(
        """
        select distinct register.reporting_period_id
        from marts.fct_obstacle as register
        inner join marts.dim_reporting_period as periods on register.reporting_period_id = periods.reporting_period_id
        where register.is_open and periods.data_to < ?
        order by 1
        """,
        [period.data_to],
    ).fetchall()
    periods = tuple(name for (name,) in earlier) or ("-",)
    return numbers.count("fct_obstacle", {"reporting_period_id": periods, "is_open": True})
