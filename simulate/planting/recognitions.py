"""Faults of the register of titles."""

from __future__ import annotations

from datetime import date
from typing import Any

from simulate.planting.base import COMMUNE
from simulate.planting.declaration import Plant, Planting
from simulate.planting.report import Report, Spot, key_of

FORM = "recognitions"
WARD = "29251"
DECIDED = date(2023, 5, 10)


def _added(column: str, **values: object) -> Plant:
    """One more row in the register; the finding stands in one of its columns."""

    def plant(report: Report) -> Spot:
        row: dict[str, Any] = {
            "subject_code": COMMUNE, "stage_code": "2021-2025", "act_code": "first", "year_recognised": 2022,
            "decision_no": "702/QĐ-UBND", "decision_date": DECIDED, "model_field": None, "explanation": None, **values,
        }  # fmt: skip
        report.rows[FORM].append(row)
        return key_of(FORM, row, column)

    return plant


def _changed(**values: object) -> Plant:
    return lambda report: report.put(FORM, {"subject_code": WARD}, **values)


def _commune_not_recognised(report: Report) -> Spot:
    """One commune of the district loses its only row; the district keeps its title."""
    advanced = {row["subject_code"] for row in report.every(FORM, title_code="NTM_NC")}
    plain = next(row for row in report.every(FORM, title_code="NTM") if row["subject_code"] not in advanced)
    report.rows[FORM].remove(plain)
    return key_of(FORM, report.find(FORM, title_code="HUYEN_NTM"), "title_code")


PLANTINGS = (
    Planting("recognition_without_decision", "a title without the number of its decision",
             _changed(decision_no=None)),
    Planting("recognition_year_after_decision", "reached in 2024, decided in 2022", _changed(year_recognised=2024)),
    Planting("recognised_without_all_criteria", "a title renewed in the period, one criterion not met",
             _added("title_code", title_code="NTM", act_code="renewal")),
    Planting("advanced_without_base_title", "an advanced title without the first",
             _added("title_code", subject_code="842", title_code="HUYEN_NTM_NC")),
    Planting("title_does_not_fit_subject", "a title of communes given to a ward",
             _added("title_code", subject_code=WARD, title_code="NTM")),
    Planting("act_without_first_recognition", "a renewal of what was never given",
             _added("act_code", title_code="NTM_KM", act_code="renewal", model_field="VH")),
    Planting("first_recognition_repeated", "given for the first time twice",
             _added("act_code", subject_code=WARD, title_code="DTVM")),
    Planting("value_needed_when", "a model commune of no field", _added("model_field", title_code="NTM_KM")),
    Planting("district_title_without_commune_titles", "a district recognised, one of its communes not",
             _commune_not_recognised, base="district"),
)  # fmt: skip
