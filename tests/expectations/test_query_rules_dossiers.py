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
