"""Faults of what districts report about helping: bodies and their people, summaries, evaluations."""

from __future__ import annotations

from datetime import date

from simulate.planting.base import CITY, COMMUNE
from simulate.planting.declaration import Plant, Planting
from simulate.planting.report import Report, Spot, key_of

APPARATUS, SUMMARY, EVALUATIONS = "apparatus", "helper_summary", "evaluations"
HELPER, HELPER_BEFORE = "DN_CAPNUOC", "SO_CT"


def _board_of_the_city(report: Report) -> Spot:
    """The boards of the villages are written under the city itself."""
    return report.put(APPARATUS, {"body_code": "village_board", "place_code": COMMUNE}, place_code=CITY)


def _without_office(report: Report) -> Spot:
    report.rows[APPARATUS].remove(report.find(APPARATUS, body_code="coordination_office", place_code=CITY))
    return key_of(APPARATUS, report.rows[APPARATUS][0], "body_code")


def _started_in_february(report: Report) -> Spot:
    row = report.find(SUMMARY, agency_code=HELPER)
    row["valid_from"] = date(2023, 2, 1)
    return key_of(SUMMARY, row, "agency_code")


def _without_the_helper_before(report: Report) -> Spot:
    report.rows[SUMMARY].remove(report.find(SUMMARY, agency_code=HELPER_BEFORE))
    return key_of(SUMMARY, report.rows[SUMMARY][0], "agency_code")


def _one_visit_more(report: Report) -> Spot:
    """The sum is shown on the first row of the commune."""
    report.find(SUMMARY, agency_code=HELPER)["visit_count"] += 1
    return key_of(SUMMARY, report.rows[SUMMARY][0], "visit_count")


def _leader(**values: object) -> Plant:
    """Change the evaluation of the leader; the total goes with the points."""

    def plant(report: Report) -> Spot:
        row = report.find(EVALUATIONS, subject_code="leader")
        row.update(values)
        return key_of(EVALUATIONS, row, next(iter(values)))

    return plant


def _more_than_the_scale_gives(report: Report) -> Spot:
    """Five points are moved from visits to reports, which have ten in all."""
    row = report.find(EVALUATIONS, subject_code="leader")
    row["visit_points"] -= 5
    row["report_points"] += 5
    return key_of(EVALUATIONS, row, "report_points")


PLANTINGS = (
    Planting("apparatus_place_does_not_fit", "boards of villages under the city", _board_of_the_city),
    Planting("apparatus_body_missing", "the city's office is not listed", _without_office),
    Planting("summary_without_assignment", "an assignment since a day that form 06 does not name",
             _started_in_february),
    Planting("assignment_missing_from_summary", "the helper until January has no row", _without_the_helper_before),
    Planting("summary_differs_from_activities", "a visit that form 07 does not list", _one_visit_more),
    Planting("evaluation_points_exceed_weight", "more points for reports than the scale has",
             _more_than_the_scale_gives, base="city_year"),
    Planting("rating_differs_from_points", "rated not completed with the points of another rating",
             _leader(rating_code="not_completed"), base="city_year"),
    Planting("evaluator_not_appointed", "evaluated by the statistics office", _leader(evaluator_code="CUC_TK"),
             base="city_year"),
    Planting("evaluation_without_assignment", "an agency evaluated that helps no commune of the unit",
             _leader(agency_code="SO_YT"), base="city_year"),
)  # fmt: skip
