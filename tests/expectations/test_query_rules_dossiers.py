"""Rules of surveys of residents, of townships, dossiers and roadmaps, on landed rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

Judge = Callable[..., list[Any]]
Row = dict[str, Any]


def cells(findings: list[Any]) -> list[str]:
    return [finding.cell for finding in findings]


def asked(content: str, count: int, subject: str = "29491", title: str = "NTM") -> Row:
    return {"subject_code": subject, "title_code": title, "content_code": content, "asked_count": count,
            "surveyed_on": date(2022, 11, 3)}  # fmt: skip


def test_satisfaction_without_overall_is_told_once_for_each_survey(findings_of_query: Judge) -> None:
    rows = [asked("overall", 90), asked("security", 90), asked("security", 80, "29503"), asked("culture", 80, "29503")]
    found = findings_of_query("satisfaction_without_overall", {"satisfaction": rows})
    assert cells(found) == ["C12"]


def test_satisfaction_asked_differs_only_within_one_survey(findings_of_query: Judge) -> None:
    rows = [asked("overall", 90), asked("security", 90), asked("culture", 88), asked("security", 70, "29503")]
    found = findings_of_query("satisfaction_asked_differs", {"satisfaction": rows})
    assert [(one.cell, one.expected) for one in found] == [("E12", "90")]


def test_title_does_not_fit_subject_of_a_survey_either(findings_of_query: Judge) -> None:
    rows = [asked("overall", 90), asked("overall", 90, title="HUYEN_NTM"), asked("overall", 90, "849", "HUYEN_NTM")]
    found = findings_of_query("title_does_not_fit_subject", {"satisfaction": rows})
    assert cells(found) == ["B11"]


def test_criteria_met_differs_from_marks_of_a_township(findings_of_query: Judge) -> None:
    def marks(count: int, number: int) -> list[Row]:
        return [
            {"commune_code": "29461", "criterion_no": str(no), "mark": "CD" if no == 3 else "D", "criteria_met": count,
             "row_number": number}
            for no in range(1, 10)
        ]  # fmt: skip

    found = findings_of_query("criteria_met_differs_from_marks", {"township_criteria": marks(8, 10) + marks(9, 11)})
    assert [(one.cell, one.expected) for one in found] == [("F11", "8")]


SUBJECT = {"subject_code": "29491", "title_code": "NTM_KM", "stage_code": "2021-2025", "criterion_no": 1}


def dossier(**values: Any) -> Row:
    return {**SUBJECT, "round_no": 1, "status_code": "in_preparation", "started_on": date(2023, 2, 6), **values}


def milestone(**values: Any) -> Row:
    return {**SUBJECT, "milestone_no": 1, "revision_no": 0, "planned_on": date(2023, 3, 1), **values}


def test_criterion_not_in_set_of_title_and_stage(findings_of_query: Judge) -> None:
    rows = [
        dossier(),
        dossier(criterion_no=2),
        dossier(title_code="NTM_NC", criterion_no=19),
        dossier(title_code="HUYEN_NTM", criterion_no=10),
        dossier(title_code="NTM", stage_code="2026-2030", criterion_no=11),
        dossier(title_code="KDC_KM", stage_code="2026-2030", criterion_no=19),  # a set that nobody knows
        dossier(criterion_no=None),
    ]
    found = findings_of_query("criterion_not_in_set", {"dossiers": rows, "roadmap": [milestone(criterion_no=3)]})
    assert [(one.form, one.cell, one.expected) for one in found] == [
        ("dossiers", "D11", "1-1"),
        ("dossiers", "D13", "1-9"),
        ("dossiers", "D14", "1-10"),
        ("roadmap", "D10", "1-1"),
    ]


def test_dossier_round_skipped_unless_the_round_before_was_returned(findings_of_query: Judge) -> None:
    rows = [
        dossier(status_code="returned"),
        dossier(round_no=2),
        dossier(criterion_no=2),
        dossier(criterion_no=2, round_no=2),
        dossier(criterion_no=3, round_no=3, status_code="submitted"),
    ]
    assert cells(findings_of_query("dossier_round_skipped", {"dossiers": rows})) == ["E13", "E14"]


def test_dossier_status_behind_dates_but_not_ahead_of_them(findings_of_query: Judge) -> None:
    rows = [
        dossier(),
        dossier(completed_on=date(2023, 3, 1)),
        dossier(status_code="verified", completed_on=date(2023, 3, 1)),
        dossier(status_code="not_started"),
        dossier(status_code="submitted", returned_on=date(2023, 3, 1)),
    ]
    found = findings_of_query("dossier_status_behind_dates", {"dossiers": rows})
    assert [(one.cell, one.expected) for one in found] == [
        ("G11", "Hoàn chỉnh"),
        ("G13", "Đang lập"),
        ("G14", "Trả lại"),
    ]


def test_dossier_ahead_of_criterion_by_the_marks_of_the_same_report(findings_of_query: Judge) -> None:
    def of_commune(number: int, status: str) -> Row:
        return dossier(title_code="NTM", criterion_no=number, status_code=status)

    marks = [{"commune_code": "29491", "criterion_no": str(no), "mark": "CD" if no == 5 else "D"} for no in (4, 5)]
    own = [{"indicator_no": "7.1", "part_code": "total", "verdict": "CD"}]
    rows = [
        of_commune(4, "complete"),
        of_commune(5, "complete"),
        of_commune(5, "in_preparation"),
        of_commune(6, "complete"),
        dossier(subject_code="849", title_code="HUYEN_NTM", criterion_no=7, status_code="submitted"),
    ]
    batch = {"dossiers": rows, "criteria_summary": marks, "unit_criteria": own}
    found = findings_of_query("dossier_ahead_of_criterion", batch)
    assert [(one.cell, one.expected) for one in found] == [("G11", "5"), ("G14", "7")]


def test_roadmap_revision_skipped(findings_of_query: Judge) -> None:
    rows = [milestone(), milestone(revision_no=1), milestone(milestone_no=2, revision_no=1), milestone(revision_no=3)]
    assert cells(findings_of_query("roadmap_revision_skipped", {"roadmap": rows})) == ["G12", "G13"]


def test_roadmap_overdue_without_reason_asks_of_the_plan_in_force(findings_of_query: Judge) -> None:
    rows = [
        milestone(),
        milestone(milestone_no=2, actual_on=date(2023, 3, 9)),
        milestone(milestone_no=3, explanation="Chờ vốn"),
        milestone(milestone_no=4),
        milestone(milestone_no=4, revision_no=1, planned_on=date(2025, 3, 1)),
    ]
    found = findings_of_query("roadmap_overdue_without_reason", {"roadmap": rows})
    assert cells(found) == ["H10"]
