"""Faults of helping communes: assignments and activities."""

from __future__ import annotations

from datetime import date
from typing import Any

from simulate.planting.base import COMMUNE
from simulate.planting.declaration import Plant, Planting
from simulate.planting.report import Report, Spot, key_of

ASSIGNMENTS, ACTIVITIES = "helper_assignments", "helper_activities"
# the summary of the same report counts assignments and visits too
SUMMARY_LACKS, SUMMARY_DIFFERS = ("assignment_missing_from_summary",), ("summary_differs_from_activities",)
ENDED_AGENCY = "SO_NNPTNT"  # until 01/03/2025


def _activity(number: int, **values: object) -> Plant:
    return lambda report: report.put(ACTIVITIES, {"activity_no": f"842-2023-{number:03d}"}, **values)


def _assigned(column: str, **values: object) -> Plant:
    """One more assignment."""

    def plant(report: Report) -> Spot:
        row: dict[str, Any] = {
            "agency_code": "SO_YT", "commune_code": COMMUNE, "helper_level": "province", "role_code": "support",
            "decision_no": "88/QĐ-UBND", "decision_date": date(2023, 1, 5), "valid_from": date(2023, 2, 1), **values,
        }  # fmt: skip
        report.rows[ASSIGNMENTS].append(row)
        report.cover.pop(f"nil_{ASSIGNMENTS}", None)
        return key_of(ASSIGNMENTS, row, column)

    return plant


def _acted(column: str, **values: object) -> Plant:
    """One more activity."""

    def plant(report: Report) -> Spot:
        row: dict[str, Any] = {
            "activity_no": f"{report.unit}-2023-009", "agency_code": "SO_CT", "commune_code": COMMUNE,
            "kind_code": "visit", "activity_date": date(2023, 1, 5), "notified_on": values.get("activity_date"),
            **values,
        }  # fmt: skip
        report.rows[ACTIVITIES].append(row)
        report.cover.pop(f"nil_{ACTIVITIES}", None)
        return key_of(ACTIVITIES, row, column)

    return plant


def _ended_agency_acts(report: Report) -> Spot | list[Spot] | None:
    """An agency assigned long ago is said to have come three weeks after it ended."""
    _assigned("agency_code", agency_code=ENDED_AGENCY, valid_from=date(2024, 1, 8))(report)
    return _acted("agency_code", agency_code=ENDED_AGENCY, activity_date=date(2025, 3, 12))(report)


PLANTINGS = (
    Planting("assignment_ends_before_it_starts", "an end three weeks before the start",
             _assigned("valid_to", valid_to=date(2023, 1, 10), end_reason="other"), consequences=SUMMARY_LACKS),
    Planting("agency_not_in_force", "assigned to an agency that had ended",
             _assigned("agency_code", agency_code=ENDED_AGENCY, decision_date=date(2025, 3, 3),
                       valid_from=date(2025, 3, 5)), base="spring_2025"),
    Planting("agency_not_in_force", "a visit by an agency that had ended", _ended_agency_acts, base="spring_2025"),
    Planting("activity_outside_assignment", "a visit by an agency that does not help the commune",
             _activity(2, agency_code="SO_YT")),
    Planting("activity_outside_report_year", "an activity of the report year before",
             _acted("activity_date", activity_date=date(2022, 12, 1)), consequences=SUMMARY_DIFFERS),
    Planting("meeting_without_participants", "a meeting of nobody", _activity(2, participant_count=0)),
)  # fmt: skip
