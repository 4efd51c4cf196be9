"""Faults of surveys of residents, and of the criteria of townships and wards."""

from __future__ import annotations

from datetime import date
from typing import Any

from simulate.planting.base import COMMUNE
from simulate.planting.declaration import Plant, Planting
from simulate.planting.report import Report, Spot, key_of

FORM, TOWNS = "satisfaction", "township_criteria"
WARD = "29251"
YEAR = "city_year"


def _survey(column: str, at: str = "overall", title: str = "NTM_NC", **values: Any) -> Plant:
    """A survey of the one commune with two contents; `values` are those of the content where the finding stands."""

    def plant(report: Report) -> Spot:
        rows = [
            {
                "subject_code": COMMUNE, "title_code": title, "content_code": content, "household_count": 2000,
                "asked_count": 1300, "satisfied_count": 1240, "surveyed_on": date(2022, 10, 20),
                "surveyor": None, "explanation": None,
            }
            for content in ("overall", "security")
        ]  # fmt: skip
        spoilt = next(row for row in rows if row["content_code"] == at)
        spoilt.update(values)
        report.rows[FORM] += rows
        report.cover.pop(f"nil_{FORM}", None)
        return key_of(FORM, spoilt, column)

    return plant


def _without_overall(report: Report) -> Spot | list[Spot] | None:
    spot = _survey("content_code", at="security")(report)
    report.rows[FORM].remove(report.find(FORM, subject_code=COMMUNE, content_code="overall"))
    return spot


def _miscounted(report: Report) -> Spot:
    for row in report.every(TOWNS, commune_code=WARD):
        row["criteria_met"] = 5
    return key_of(TOWNS, report.find(TOWNS, commune_code=WARD), "criteria_met")


def _lost(report: Report) -> Spot:
    """A criterion that the year before was met is not any more; nothing is said of it."""
    for row in report.every(TOWNS, commune_code=WARD):
        row |= {"criteria_met": 8, "explanation": None}
    return report.put(TOWNS, {"commune_code": WARD, "criterion_no": "3"}, mark="CD")


PLANTINGS = (
    Planting("satisfaction_without_overall", "a survey of one content alone", _without_overall, base=YEAR),
    Planting("satisfaction_asked_differs", "fewer households asked about security",
             _survey("asked_count", at="security", asked_count=1290), base=YEAR),
    Planting("criteria_met_differs_from_marks", "five criteria of a ward counted where nine are met", _miscounted),
    Planting("criterion_lost_without_explanation", "a criterion of a ward lost without a word", _lost),
)  # fmt: skip
