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


def test_an_activity_of_the_report_year_before_is_outside_the_register(findings_of_query: Judge) -> None:
    rows = [
        activity("inspection", activity_date=date(2022, 12, 15)),
        activity("inspection"),
        activity("inspection", activity_date=date(2022, 12, 14)),
    ]
    found = findings_of_query("activity_outside_report_year", {"activities": rows})
    assert cells(found) == [("activity_date", 12)]


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


def theme(code: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"place_code": "849", "indicator_code": code, "value": None if value is None else Decimal(value), **more}


def test_thematic_base_missing(findings_of_query: Judge, cell: Any) -> None:
    rows = [
        theme("MT_WATER", 900, base_value=Decimal(1000)),
        theme("MT_WATER", None),
        theme("MT_ROAD", 4),
        theme("MT_WATER", 900, base_value=cell(None, "khoảng 1000", "unreadable")),
        theme("MT_WATER", 900),
    ]
    assert cells(findings_of_query("thematic_base_missing", {"thematic_programmes": rows})) == [("base_value", 14)]


def test_thematic_field_of_other_indicator(findings_of_query: Judge) -> None:
    rows = [
        theme("OCOP_3", 4, expired_count=1),
        theme("MT_ROAD", 4, expired_count=0),
        theme("MT_ROAD", 4, expired_count=1),
        theme("MT_ROAD", 4, base_value=Decimal(9)),
    ]
    found = findings_of_query("thematic_field_of_other_indicator", {"thematic_programmes": rows})
    assert cells(found) == [("expired_count", 12), ("base_value", 13)]


def test_thematic_flow_falls(findings_of_query: Judge) -> None:
    before = {"thematic_programmes": [theme("KH_MODEL", 5), theme("KH_TASK", 5), theme("DL_VISIT", 5)]}
    rows = [theme("KH_MODEL", 4), theme("KH_TASK", 4), theme("DL_VISIT", 5)]  # tasks are a stock: they may fall
    year = {"period_id": "2023Y", "before": before, "before_period_id": "2023M06"}
    found = findings_of_query("thematic_flow_falls", {"thematic_programmes": rows}, **year)
    assert cells(found) == [("value", 10)]
    year |= {"before_period_id": "2022Y"}
    assert findings_of_query("thematic_flow_falls", {"thematic_programmes": rows}, **year) == []


def test_thematic_plan_changed(findings_of_query: Judge) -> None:
    def planned(code: str, value: int, **more: Any) -> dict[str, Any]:
        return theme(code, None, planned_value=Decimal(value), **more)

    before = {"thematic_programmes": [planned("KH_MODEL", 5), planned("KH_TASK", 5), planned("DL_VISIT", 5)]}
    rows = [planned("KH_MODEL", 6), planned("KH_TASK", 6, explanation="QĐ số 9"), planned("DL_VISIT", 5)]
    about = {"period_id": "2023Y", "before": before, "before_period_id": "2023M06"}
    found = findings_of_query("thematic_plan_changed", {"thematic_programmes": rows}, **about)
    assert cells(found) == [("planned_value", 10)]


def task(status: str, due: date | None, **more: Any) -> dict[str, Any]:
    return {"task_no": "849-NV2023-01", "status_code": status, "due_on": due, **more}


def test_task_overdue_without_explanation(findings_of_query: Judge) -> None:
    july = date(2023, 7, 1)
    rows = [
        task("in_progress", july),
        task("completed", MAY),
        task("in_progress", MAY, revised_due_on=july),
        task("in_progress", MAY, explanation="Chờ kinh phí"),
        task("not_started", MAY),
        task("in_progress", APRIL, revised_due_on=MAY),
    ]
    found = findings_of_query("task_overdue_without_explanation", {"tasks": rows})
    assert cells(found) == [("explanation", 14), ("explanation", 15)]


def test_continuous_task_completed(findings_of_query: Judge) -> None:
    rows = [
        task("in_progress", None, is_continuous=True),
        task("completed", MAY, is_continuous=False),
        task("completed", MAY),
        task("completed", None, is_continuous=True),
    ]
    assert cells(findings_of_query("continuous_task_completed", {"tasks": rows})) == [("status_code", 13)]


def test_task_without_deadline(findings_of_query: Judge, cell: Any) -> None:
    rows = [
        task("in_progress", MAY),
        task("in_progress", None, is_continuous=True),
        task("completed", None),
        task("in_progress", cell(None, "cuối năm", "unreadable")),
        task("in_progress", None),
    ]
    assert cells(findings_of_query("task_without_deadline", {"tasks": rows})) == [("due_on", 14)]


def policy(**more: Any) -> dict[str, Any]:
    row = {"policy_no": "849-VB-001", "kind_code": "guidance", "issuer_name": "UBND huyện Trà Cú"}
    return {**row, "document_no": "12/UBND-NN", "issued_on": APRIL, **more}


def test_policy_without_date(findings_of_query: Judge, cell: Any) -> None:
    rows = [
        policy(),
        policy(issued_on=None, planned_on=MAY),
        policy(issued_on=cell(None, "?", "unreadable")),
        policy(issued_on=None),
    ]
    assert cells(findings_of_query("policy_without_date", {"policies": rows})) == [("issued_on", 13)]


def test_the_same_number_of_another_year_or_issuer_is_another_document(findings_of_query: Judge) -> None:
    rows = [
        policy(),
        policy(issued_on=date(2022, 4, 20)),
        policy(issuer_name="UBND tỉnh"),
        policy(policy_no="849-VB-002"),
    ]
    assert cells(findings_of_query("policy_document_repeated", {"policies": rows})) == [("document_no", 13)]


def test_reward_without_amount(findings_of_query: Judge) -> None:
    rows = [
        policy(kind_code="reward", reward_per_area_vnd=50 * MILLION),
        policy(kind_code="reward", issued_on=None, planned_on=MAY),
        policy(),
        policy(kind_code="reward"),
    ]
    assert cells(findings_of_query("reward_without_amount", {"policies": rows})) == [("reward_per_area_vnd", 13)]
