"""Faults of activities other than the helper teams'."""

from __future__ import annotations

from datetime import date
from typing import Any

from simulate.planting.base import COMMUNE
from simulate.planting.declaration import Plant, Planting
from simulate.planting.report import Report, Spot, key_of

FORM = "activities"
HELD = date(2023, 4, 20)


def _acted(column: str, **values: object) -> Plant:
    """One more activity, in the year's plan."""

    def plant(report: Report) -> Spot:
        row: dict[str, Any] = {
            "activity_no": f"{report.unit}-HD2023-099", "actor_kind": "peoples_committee", "kind_code": "inspection",
            "organisation_name": "Ủy ban nhân dân xã", "planned_on": HELD, "place_code": COMMUNE,
            "subject_code": "general", "content": "Kiểm tra đường liên ấp", **values,
        }  # fmt: skip
        report.rows[FORM].append(row)
        report.cover.pop(f"nil_{FORM}", None)
        return key_of(FORM, row, column)

    return plant


PLANTINGS = (
    Planting("activity_without_date", "neither planned nor held", _acted("activity_date", planned_on=None)),
    Planting("activity_result_before_it_is_held", "participants of a meeting that is only planned",
             _acted("participant_count", kind_code="community_meeting", participant_count=40)),
    Planting("activity_outside_report_year", "an inspection of the report year before",
             _acted("activity_date", activity_date=date(2022, 11, 30), finding_count=0)),
    Planting("inspection_without_finding_count", "an inspection held that says nothing of findings",
             _acted("finding_count", activity_date=HELD)),
    Planting("findings_of_other_activity", "violations found by a training course",
             _acted("finding_count", kind_code="publication", activity_date=HELD, finding_count=2)),
)  # fmt: skip
