"""Residential areas in the reports, their truth, and what the marts must say of them.

Belongs here: the rows of forms residential_areas and area_criteria by unit and period. What is true of an area is in
residential_areas.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from simulate.planted import Report, Rows, report_of_row
from simulate.registers import latest_reported
from simulate.residential_areas import (
    AREA_PERIODS,
    MILLION,
    RECOGNISED,
    WITHDRAWN,
    Area,
    areas,
    chance,
    criteria_of,
    set_of,
)
from simulate.topic import Topic
from simulate.world import SAMPLE_PERIODS, period, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

AREAS, MARKS = "residential_areas", "area_criteria"
LEVEL = "district"


def reports(world: World, unit: str, reporting_period_id: str) -> dict[str, Rows]:
    """Both forms of a unit; areas that ended in an earlier report year are no longer listed."""
    if reporting_period_id not in AREA_PERIODS:
        return {}
    own = [area for area in areas(world.seed) if area.reporting_unit_id == unit]
    listed = [area for area in own if _is_listed(area, reporting_period_id)]
    rows = [_status(area, reporting_period_id) for area in listed]
    marks = [mark for area in listed for mark in _marks(area, reporting_period_id)]
    return {AREAS: rows, MARKS: marks}


def _is_listed(area: Area, name: str) -> bool:
    return area.ended_on is None or area.ended_on >= period(name)["data_from"]


def _by(day: date | None, closing: date) -> date | None:
    return day if day is not None and day <= closing else None


def _status(area: Area, name: str) -> dict[str, Any]:
    """The row of form residential_areas: what is known on the closing day."""
    closing: date = period(name)["data_to"]
    missing = area.unmet[AREA_PERIODS.index(name)]
    total = len(criteria_of(set_of(area.title_code)))
    status = area.status_on(closing, len(missing))
    is_decided = status in (RECOGNISED, WITHDRAWN)
    reward = area.reward if is_decided else None
    paid = _by(area.reward_paid_on, closing)
    return {
        "area_code": area.area_code,
        "area_name": area.area_name,
        "commune_code": area.unit_code,
        "kind_code": area.kind_code,
        "title_code": area.title_code,
        "household_count": area.household_count,
        "people_count": area.people_count,
        "criteria_total": total,
        "criteria_met": total - len(missing),
        "status_code": status,
        "reviewed_on": closing - timedelta(days=chance(0, "reviewed", area.area_code, name).randint(4, 40)),
        "planned_year": area.planned_year,
        "resource_needed_vnd": None if is_decided else Decimal(area.resource_needed * MILLION),
        "resource_secured_vnd": None if is_decided else Decimal(area.resource_secured * MILLION),
        "year_recognised": area.year_recognised if is_decided else None,
        "decision_no": area.decision_no if is_decided else None,
        "decision_date": area.decision_date if is_decided else None,
        "decision_level": LEVEL if is_decided else None,
        "withdrawn_on": _by(area.withdrawn_on, closing),
        "reward_vnd": None if reward is None else Decimal(reward * MILLION),
        "reward_source_code": None if reward is None else "NSH",
        "reward_decision_no": area.reward_decision_no if paid is not None else None,
        "reward_paid_on": paid,
        "ended_on": _by(area.ended_on, closing),
        "explanation": None,
    }


def _marks(area: Area, name: str) -> Rows:
    """The cells of form area_criteria: areas not recognised when the report year began are under review."""
    about = period(name)
    if area.ended_on is not None and area.ended_on <= about["data_to"]:
        return []
    is_settled = area.decision_date is not None and area.decision_date < about["data_from"]
    if is_settled and (area.withdrawn_on is None or area.withdrawn_on > about["data_to"]):
        return []
    missing, set_code = area.unmet[AREA_PERIODS.index(name)], set_of(area.title_code)
    return [
        {
            "criteria_set_code": set_code,
            "area_code": area.area_code,
            "area_name": area.area_name,
            "commune_code": area.unit_code,
            "criterion_no": number,
            "mark": "CD" if number in missing else "D",
            "explanation": None,
        }
        for number in criteria_of(set_code)
    ]


def truth(world: World, names: Sequence[str]) -> dict[str, Rows]:
    """Tables residential_area_status and residential_area_criterion, in the columns of the marts."""
    statuses: Rows = []
    marks: Rows = []
    for name in names:
        for district in world.districts:
            rows = reports(world, district.reporting_unit_id, name)
            place = {"reporting_period_id": name, "reporting_unit_id": district.reporting_unit_id}
            statuses += [place | _placed(row, name) | _standing(row, name) for row in rows.get(AREAS, ())]
            marks += [place | _placed(row, name) for row in rows.get(MARKS, ())]
    return {"residential_area_status": statuses, "residential_area_criterion": [_as_mart(row) for row in marks]}


def _placed(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The row with the unit instead of its code; remarks are left to the reports."""
    kept = {column: value for column, value in row.items() if column not in ("commune_code", "explanation")}
    return kept | {"unit_id": unit_id_on(row["commune_code"], period(name)["data_to"])}


def _as_mart(row: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name != "area_name"}
    return kept | {"criterion_no": int(row["criterion_no"])}


def _standing(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    about = period(name)
    is_held = row["decision_date"] is not None and row["withdrawn_on"] is None and row["ended_on"] is None
    return {
        "criteria_set_code": set_of(row["title_code"]),
        "is_held": is_held,
        "is_new_in_year": is_held and row["year_recognised"] == about["year"],
    }


def expected(tables: Mapping[str, Rows], faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    """The facts as sent, and each area as the latest report has it."""
    statuses = [row for row in tables["residential_area_status"] if report_of_row(row) in sent]
    return {
        "fct_residential_area_status": statuses,
        "fct_residential_area_criterion": [
            row for row in tables["residential_area_criterion"] if report_of_row(row) in sent
        ],
        "dim_residential_area": _latest(statuses, sent),
    }


def _latest(statuses: Iterable[Mapping[str, Any]], sent: set[Report]) -> Rows:
    listed = [dict(row) for row in statuses]
    found = []
    for row in latest_reported(listed, ("area_code",), sent):
        periods = [other["reporting_period_id"] for other in listed if other["area_code"] == row["area_code"]]
        order = sorted(periods, key=SAMPLE_PERIODS.index)
        names = ("area_code", "area_name", "unit_id", "kind_code", "household_count", "people_count", "ended_on")
        found.append(
            {name: row[name] for name in names}
            | {"first_reported_period_id": order[0], "last_reported_period_id": order[-1]}
        )
    return found


REPORT = ("reporting_period_id", "reporting_unit_id")
TOPIC = Topic(
    reports=reports,
    truth=truth,
    expected=expected,
    keys={
        "fct_residential_area_status": (*REPORT, "area_code", "title_code"),
        "fct_residential_area_criterion": (*REPORT, "criteria_set_code", "area_code", "criterion_no"),
        "dim_residential_area": ("area_code",),
    },
)
