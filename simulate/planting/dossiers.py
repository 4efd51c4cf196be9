"""Faults of dossiers and roadmaps."""

from __future__ import annotations

from datetime import date
from typing import Any

from simulate.planting.base import COMMUNE
from simulate.planting.declaration import Plant, Planting
from simulate.planting.report import Report, Row, Spot, key_of

DOSSIERS, ROADMAP = "dossiers", "roadmap"
SUBJECT = {"subject_code": COMMUNE, "title_code": "NTM_KM", "stage_code": "2021-2025", "criterion_no": 1}


def _dossier(column: str, **values: Any) -> Plant:
    """One more dossier, in preparation; the finding stands in one of its columns."""

    def plant(report: Report) -> Spot:
        return _added(report, DOSSIERS, column, SUBJECT | {
            "round_no": 1, "status_code": "in_preparation", "started_on": date(2023, 2, 6),
            "reviewed_on": date(2023, 6, 2), **values,
        })  # fmt: skip

    return plant


def _milestone(column: str, **values: Any) -> Plant:
    """One more milestone, planned for the autumn."""

    def plant(report: Report) -> Spot:
        return _added(report, ROADMAP, column, SUBJECT | {
            "milestone_no": 1, "milestone": "Hoàn thành nhà văn hóa ấp", "revision_no": 0,
            "planned_on": date(2023, 10, 2), "plan_document": "Kế hoạch 41/KH-UBND", **values,
        })  # fmt: skip

    return plant


def _added(report: Report, form: str, column: str, row: Row) -> Spot:
    report.rows[form].append(row)
    report.cover.pop(f"nil_{form}", None)
    return key_of(form, row, column)


def _complete_before_it_is_met(report: Report) -> Spot | list[Spot] | None:
    """The dossier of a criterion whose conditions the city does not meet is complete."""
    unmet = {"indicator_no": "DT4"}
    report.put("unit_criteria", unmet, value=3, verdict="CD", planned_date=date(2023, 11, 1), explanation="Đang trồng")
    whole = {"subject_code": report.unit, "title_code": "TXTP_HTNV", "criterion_no": 4}
    return _dossier("status_code", **whole, status_code="complete", completed_on=date(2023, 5, 4))(report)


PLANTINGS = (
    Planting("criterion_not_in_set", "a dossier of a second criterion of a set that has one",
             _dossier("criterion_no", criterion_no=2)),
    Planting("criterion_not_in_set", "a milestone of a second criterion of a set that has one",
             _milestone("criterion_no", criterion_no=2)),
    Planting("dossier_round_skipped", "a second round without a first", _dossier("round_no", round_no=2)),
    Planting("dossier_status_behind_dates", "in preparation, and complete since March",
             _dossier("status_code", completed_on=date(2023, 3, 20))),
    Planting("dossier_ahead_of_criterion", "a dossier complete, its criterion not met", _complete_before_it_is_met),
    Planting("roadmap_revision_skipped", "a first revision of no plan", _milestone("revision_no", revision_no=1)),
    Planting("roadmap_overdue_without_reason", "planned for May, not reached, not a word",
             _milestone("planned_on", planned_on=date(2023, 5, 12))),
)  # fmt: skip
