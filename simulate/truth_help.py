"""The truth of helping communes: who helps, what was done, and its counts, as the marts name them.

A part of truth.py; expected.py counts again with it after faults.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from ingest import reference
from simulate.assistance import Activity, Assignment, report_year_of, request_by
from simulate.world import period, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

Rows = list[dict[str, Any]]


def help_rows(register: Sequence[Assignment], names: Sequence[str]) -> Rows:
    if not names:
        return []
    closing = period(names[-1])["data_to"]
    return [_assignment(row, closing) for row in register if row.valid_from <= closing]


def _assignment(row: Assignment, closing: date) -> dict[str, Any]:
    is_ended = row.ended_by is not None and row.ended_by <= closing
    return {
        "reporting_unit_id": row.reporting_unit_id,
        "agency_code": row.agency_code,
        "leader_name": row.leader_name,
        "leader_post": row.leader_post,
        "unit_id": unit_id_on(row.unit_code, closing),
        "helper_level": row.helper_level,
        "role_code": row.role_code,
        "decision_no": row.decision_no,
        "decision_date": row.decision_date,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to if is_ended else None,
        "end_reason": row.end_reason if is_ended else None,
        "task_content": row.task_content,
        **request_by(row, closing),
    }


def activity_truth(world: World, names: Sequence[str]) -> Rows:
    if not names:
        return []
    closing = period(names[-1])["data_to"]
    years = {period(name)["year"] for name in names}
    rows: Rows = []
    for event in world.activities:
        if event.activity_date > closing or report_year_of(event.activity_date) not in years:
            continue
        row = {**event.__dict__, "unit_id": unit_id_on(event.unit_code, closing)}
        del row["unit_code"]
        rows.append(
            row
            | {
                "event_period_id": event_period_of(event.activity_date),
                "notice_class": notice_class(event.notified_on, event.activity_date),
                "is_assigned": True,
            }
        )
    return rows


@cache
def event_period_of(day: date | None) -> str | None:
    """The period whose own window, not its cumulative one, holds a day; None for a day not known or outside."""
    if day is None:
        return None
    for row in reference.rows("reporting_periods"):
        if row["period_type"] != "stage" and row["discrete_from"] <= day <= row["data_to"]:
            return str(row["reporting_period_id"])
    return None


def notice_class(notified_on: date | None, day: date) -> str:
    if notified_on is None:
        return "unknown"
    return "in_advance" if notified_on < day else "same_day" if notified_on == day else "after"


def helper_period_rows(world: World, name: str) -> Rows:
    about = period(name)
    rows: Rows = []
    for row in world.assignments:
        if row.decision_date > about["data_to"] or row.valid_from > about["data_to"]:
            continue
        if row.valid_to is not None and row.valid_to <= about["data_from"]:
            continue
        rows.append(
            {
                "reporting_period_id": name,
                "reporting_unit_id": row.reporting_unit_id,
                "agency_code": row.agency_code,
                "unit_id": unit_id_on(row.unit_code, about["data_to"]),
                "role_code": row.role_code,
                "valid_from": row.valid_from,
                **activity_counts(events_of(world, row, about), about),
            }
        )
    return rows


def events_of(world: World, row: Assignment, about: Mapping[str, Any]) -> Rows:
    """What was done under an assignment since the report year of a period began."""
    return [event.__dict__ for event in world.activities if _belongs(event, row, about)]


def _belongs(event: Activity, row: Assignment, about: Mapping[str, Any]) -> bool:
    is_of_team = (event.agency_code, event.unit_code) == (row.agency_code, row.unit_code)
    is_in_window = about["data_from"] <= event.activity_date <= about["data_to"]
    return is_of_team and is_in_window and row.holds_on(event.activity_date)


def activity_counts(events: Sequence[Mapping[str, Any]], about: Mapping[str, Any]) -> dict[str, int]:
    """Counts of an assignment since the start of the report year, and its visits in the period's own window."""
    visits = [event for event in events if event["kind_code"] == "visit"]
    in_advance = [v for v in visits if notice_class(v["notified_on"], v["activity_date"]) == "in_advance"]
    kinds = [event["kind_code"] for event in events]
    return {
        "visit_count": len(visits),
        "visit_in_advance_count": len(in_advance),
        "meeting_count": kinds.count("meeting"),
        "briefing_count": kinds.count("briefing"),
        "training_count": kinds.count("training"),
        "communication_count": kinds.count("communication"),
        "party_support_count": kinds.count("party_support"),
        "activity_count": len(events),
        "visit_in_period_count": sum(1 for visit in visits if visit["activity_date"] >= about["discrete_from"]),
    }
