"""Faults of commune profiles, residential areas, their criteria, and targets."""

from __future__ import annotations

from datetime import date
from typing import Any

from simulate.planting.base import COMMUNE
from simulate.planting.declaration import Plant, Planting
from simulate.planting.report import Report, Spot, key_of

PROFILE, AREAS, MARKS, TARGETS = "commune_profile", "residential_areas", "area_criteria", "targets"
VILLAGE, MODEL_AREA, GARDEN = f"{COMMUNE}-02", f"{COMMUNE}-51", f"{COMMUNE}-66"
YEAR = "city_year"


def _more_poor_than_households(report: Report) -> Spot:
    row = report.find(PROFILE, commune_code=COMMUNE)
    nearly_all = row["household_count"] - row["poor_household_count"] + 5
    return report.put(PROFILE, {"commune_code": COMMUNE}, near_poor_household_count=nearly_all)


def _area(code: str, column: str, **values: object) -> Plant:
    """One area changed; the finding stands in a column of its row."""

    def plant(report: Report) -> Spot:
        report.put(AREAS, {"area_code": code}, **values)
        return key_of(AREAS, report.find(AREAS, area_code=values.get("area_code", code)), column)

    return plant


def _without_marks(report: Report) -> Spot:
    report.rows[MARKS] = [row for row in report.rows[MARKS] if row["area_code"] != GARDEN]
    return key_of(AREAS, report.find(AREAS, area_code=GARDEN), "area_code")


def _target(measure: str, column: str, **values: object) -> Plant:
    def plant(report: Report) -> Spot:
        report.put(TARGETS, {"measure_code": measure, "horizon_code": "year"}, **values)
        return key_of(TARGETS, report.find(TARGETS, measure_code=measure, **values), column)

    return plant


def _unable(column: str, year: int, *, has_area_target: bool) -> Plant:
    """The city's commune is held unable to complete in a year."""

    def plant(report: Report) -> Spot:
        row: dict[str, Any] = {
            "subject_code": COMMUNE, "area_code": None, "measure_code": "CHUA_KHA_NANG", "horizon_code": "year",
            "plan_year": year, "owner_code": None, "document_no": "77/KH-UBND", "decided_on": date(2022, 11, 30),
        }  # fmt: skip
        report.rows[TARGETS].append(row)
        if has_area_target:
            report.rows[TARGETS].append({**row, "measure_code": "KDC_MOI", "target_value": 2})
        return key_of(TARGETS, row, column)

    return plant


PLANTINGS = (
    Planting("poor_households_exceed_households", "five households more poor and near-poor than there are",
             _more_poor_than_households, base=YEAR),
    Planting("area_title_does_not_fit_kind", "a garden that is a model residential area",
             _area(MODEL_AREA, "title_code", kind_code="vuon"), base=YEAR),
    Planting("area_code_of_other_commune", "the code of an area begins with another commune's",
             _area(VILLAGE, "area_code", area_code="29467-02"), base=YEAR),
    Planting("area_year_after_decision", "reached in 2022, decided in 2021",
             _area(VILLAGE, "year_recognised", year_recognised=2022), base=YEAR),
    Planting("area_met_without_all_criteria", "recognised, eight of ten criteria met",
             _area(VILLAGE, "criteria_met", criteria_met=8), base=YEAR),
    Planting("area_criteria_met_differ_from_marks", "three criteria met on the list, four on the sheet of criteria",
             _area(GARDEN, "criteria_met", criteria_met=3), base=YEAR),
    Planting("area_under_review_without_marks", "a garden on its way without the result of its criteria",
             _without_marks, base=YEAR),
    Planting("target_year_not_ahead", "a target for the year of the report itself",
             _target("TAP_HUAN", "plan_year", plan_year=2022), base=YEAR),
    Planting("target_does_not_fit_subject", "a count of communes set for a commune",
             _target("XA_NC", "measure_code", subject_code=COMMUNE), base=YEAR),
    Planting("unable_commune_already_recognised", "held unable in a year of the stage whose title it bears",
             _unable("subject_code", 2015, has_area_target=True), consequences=("target_year_not_ahead",), base=YEAR),
    Planting("unable_commune_without_area_target", "held unable, and no new areas are aimed at",
             _unable("measure_code", 2023, has_area_target=False), base=YEAR),
    Planting("chosen_area_not_listed", "a village was chosen that is not on the list",
             _target("CHON_KM_THON", "area_code", area_code=f"{COMMUNE}-77"), base=YEAR),
)  # fmt: skip
