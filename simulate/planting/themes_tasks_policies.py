"""Faults of thematic programmes, tasks and local policies."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from simulate.planting.base import COMMUNE
from simulate.planting.declaration import Plant, Planting
from simulate.planting.report import Report, Spot, key_of

THEMES, TASKS, POLICIES = "thematic_programmes", "tasks", "policies"
FEBRUARY, MAY = date(2023, 2, 1), date(2023, 5, 2)


def _added(form: str, column: str, row: dict[str, Any]) -> Plant:
    """One more row."""

    def plant(report: Report) -> Spot:
        own = dict(row)
        report.rows[form].append(own)
        report.cover.pop(f"nil_{form}", None)
        return key_of(form, own, column)

    return plant


def _theme(column: str, code: str, **values: object) -> Plant:
    return _added(THEMES, column, {"place_code": COMMUNE, "indicator_code": code, **values})


def _task(column: str, **values: object) -> Plant:
    row: dict[str, Any] = {
        "task_no": "842-NV2023-99", "group_code": "8", "content": "Kiểm tra hồ sơ tiêu chí", "place_code": COMMUNE,
        "owner_kind": "commune", "owner_name": "Ủy ban nhân dân xã", "assigned_on": FEBRUARY,
        "due_on": date(2023, 9, 1), "status_code": "in_progress", **values,
    }  # fmt: skip
    return _added(TASKS, column, row)


def _policy(column: str, **values: object) -> Plant:
    row: dict[str, Any] = {
        "policy_no": "842-VB-099", "kind_code": "guidance", "document_type": "official_letter",
        "level_code": "district", "issuer_name": "Ủy ban nhân dân thành phố", "place_code": "842",
        "subject": "Hướng dẫn hồ sơ tiêu chí", "planned_on": MAY, **values,
    }  # fmt: skip
    return _added(POLICIES, column, row)


def _shown(code: str, **values: object) -> Plant:
    return lambda report: report.put(THEMES, {"indicator_code": code}, **values)


def _twice(report: Report) -> Spot:
    issued = report.find(POLICIES, kind_code="programme")
    row = {**issued, "policy_no": "842-VB-099"}
    report.rows[POLICIES].append(row)
    return key_of(POLICIES, row, "document_no")


PLANTINGS = (
    Planting("thematic_base_missing", "households that use digital services, of nobody knows how many",
             _theme("base_value", "CDS_HOUSEHOLD", value=Decimal(120))),
    Planting("thematic_field_of_other_indicator", "a total beside a number of models",
             _theme("base_value", "MT_MODEL", value=Decimal(3), base_value=Decimal(9))),
    Planting("thematic_flow_falls", "fewer visitors in a year than in its first half",
             _shown("DL_VISIT", value=Decimal(0)), base="city_end"),
    Planting("thematic_plan_changed", "another plan for the year than in June",
             _shown("DL_POINT", planned_value=Decimal(99)), base="city_end"),
    Planting("task_overdue_without_explanation", "due in May, still under way in June",
             _task("explanation", due_on=MAY)),
    Planting("continuous_task_completed", "a task without end is completed",
             _task("status_code", is_continuous=True, due_on=None, status_code="completed", completed_on=MAY,
                   evidence="Báo cáo số 9/BC")),
    Planting("task_without_deadline", "under way with no day to end on", _task("due_on", due_on=None)),
    Planting("policy_without_date", "neither planned nor issued", _policy("issued_on", planned_on=None)),
    Planting("policy_document_repeated", "the programme of the stage under a second number", _twice),
    Planting("reward_without_amount", "a reward of nothing",
             _policy("reward_per_area_vnd", kind_code="reward", document_type="resolution", document_no="7/NQ-HĐND",
                     issued_on=MAY)),
)  # fmt: skip
