"""The query rules of activities, thematic programmes, tasks and policies: what passes, and the cell that does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

Judge = Callable[..., list[Any]]

MILLION = Decimal(1_000_000)
APRIL, MAY = date(2023, 4, 20), date(2023, 5, 15)


def cells(findings: list[Any]) -> list[tuple[str, int]]:
    """Column and row number of each finding; forms of more than 26 columns have no letter here."""
    return [(finding.column_name, int(finding.row_id.rpartition("!")[2])) for finding in findings]


def activity(kind: str, **more: Any) -> dict[str, Any]:
    row = {"activity_no": "849-HD2023-001", "actor_kind": "peoples_committee", "kind_code": kind}
    return {**row, "place_code": "849", "subject_code": "general", "planned_on": APRIL, **more}


def test_activity_without_date(findings_of_query: Judge, cell: Any) -> None:
    rows = [
        activity("inspection"),
        activity("inspection", planned_on=None, activity_date=APRIL),
        activity("inspection", planned_on=cell(None, "tháng tư", "unreadable")),
        activity("inspection", planned_on=None),
    ]
    found = findings_of_query("activity_without_date", {"activities": rows})
    assert cells(found) == [("activity_date", 13)]


def test_activity_result_before_it_is_held(findings_of_query: Judge, cell: Any) -> None:
    rows = [
        activity("training", activity_date=APRIL, participant_count=30),
        activity("training", participant_count=0),
        activity("training", activity_date=cell(None, "?", "unreadable"), participant_count=30),
        activity("training", participant_count=30, household_count=12),
    ]
    found = findings_of_query("activity_result_before_it_is_held", {"activities": rows})
    assert cells(found) == [("participant_count", 13), ("household_count", 13)]


def test_inspection_without_finding_count(findings_of_query: Judge) -> None:
    rows = [
        activity("inspection", activity_date=APRIL, finding_count=0),
        activity("supervision"),
        activity("training", activity_date=APRIL),
        activity("supervision", activity_date=APRIL),
    ]
    found = findings_of_query("inspection_without_finding_count", {"activities": rows})
    assert cells(found) == [("finding_count", 13)]


def test_findings_of_other_activity(findings_of_query: Judge) -> None:
    rows = [
        activity("inspection", activity_date=APRIL, finding_count=3, to_recover_vnd=5 * MILLION),
        activity("training", activity_date=APRIL, finding_count=0),
        activity("training", activity_date=APRIL, to_recover_vnd=5 * MILLION),
    ]
    found = findings_of_query("findings_of_other_activity", {"activities": rows})
    assert cells(found) == [("to_recover_vnd", 12)]
