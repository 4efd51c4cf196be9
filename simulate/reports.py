"""The world of the sample and the reports an unerring office would send from it.

Belongs here: building every part of the world once, and the rows of each form by unit and period. What goes wrong on
the way is in channel.py and faults.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from ingest.spec import load_specs
from simulate.assistance import Activity, Assignment, activities, activity_rows, assignment_rows, assignments
from simulate.assistance_changes import district_helpers, with_requests
from simulate.district_criteria import DistrictResult, district_results
from simulate.district_criteria import as_row as district_row
from simulate.funding import funding_rows
from simulate.indicators import STANDS, Result, marks, results
from simulate.indicators import as_row as result_row
from simulate.later import is_later, later_marks, later_recognitions
from simulate.later_money import later_funding
from simulate.recognitions import Recognition, assessed_from, held_on, recognitions
from simulate.topics import TOPICS
from simulate.world import (
    EVERY_PERIOD,
    SAMPLE_PERIODS,
    District,
    districts,
    period,
    period_of_calendar,
    place_of,
    stands,
    units_in,
)

Rows = list[dict[str, Any]]
FAR = date(2024, 6, 30)  # after every event of the sample
LOST = "Tiêu chí {} chưa duy trì được, đang khắc phục"


@dataclass(frozen=True)
class World:
    """Everything that is true in the sample, for all its periods; the topics draw their own from its seed."""

    seed: int
    districts: list[District]
    recognitions: list[Recognition]
    results: dict[str, list[Result]]
    district_results: dict[str, list[DistrictResult]]
    funding: dict[tuple[str, str], Rows]
    assignments: list[Assignment]
    activities: list[Activity]

    def marks(self, reporting_period_id: str) -> dict[tuple[str, str, str], str]:
        """(commune, set, criterion) -> mark."""
        if is_later(reporting_period_id):
            return later_marks(self.seed, reporting_period_id)
        return marks(self.results[reporting_period_id])

    def unit(self, reporting_unit_id: str, reporting_period_id: str) -> District:
        """A unit as it reports in a period."""
        own = (unit for unit in units_in(self.seed, reporting_period_id) if unit.reporting_unit_id == reporting_unit_id)
        return next(own)


@cache
def build_world(seed: int) -> World:
    """The world of a seed; the same seed is the same world."""
    places = districts(seed)
    register = recognitions(places, seed)
    helping = with_requests(assignments(places, seed), seed) + district_helpers(places, seed)
    return World(
        seed=seed,
        districts=places,
        recognitions=register + later_recognitions(),
        results=results(places, seed, held_on(register, "NTM_NC", FAR), assessed_from(register, "NTM_NC")),
        district_results=district_results(places, seed, register),
        funding=funding_rows(places, seed) | later_funding(seed),
        assignments=helping,
        activities=activities(places, seed, helping),
    )


def report_of(world: World, unit: str, name: str) -> dict[str, Rows]:
    """Rows of every form owed by a unit in a period, as template.write_workbook takes them."""
    about = period(name)
    if is_later(name):
        return {
            "criteria_summary": _summary(world, unit, name),
            "recognitions": _register(world, unit, name),
            "funding_sources": [dict(row) for row in world.funding[unit, name]],
        }
    forms: dict[str, Rows] = {
        form: rows
        for topic in TOPICS
        if topic.goes_on or name in SAMPLE_PERIODS
        for form, rows in topic.reports(world, unit, name).items()
        if about["period_type"] in load_specs()[form].due_in
    }
    forms |= {
        "criteria_summary": _summary(world, unit, name),
        "unit_criteria": [
            district_row(result, about["data_to"])
            for result in world.district_results[name]
            if result.reporting_unit_id == unit
        ],
        "recognitions": _register(world, unit, name),
        "funding_sources": [dict(row) for row in world.funding[unit, name]],
        "helper_assignments": assignment_rows(world.assignments, unit, name),
        "helper_activities": activity_rows(world.activities, unit, name),
    }
    if about["period_type"] in ("6_months", "year"):
        own = [result for result in world.results[name] if result.reporting_unit_id == unit]
        forms["criteria_results"] = [result_row(result, about["year"]) for result in own]
    return forms


def nothing_to_report(rows: Mapping[str, Rows], name: str) -> dict[str, object]:
    """The cover's declarations for forms owed in a period that have no row and may have none."""
    owed = [spec for spec in load_specs().values() if period_of_calendar(name)["period_type"] in spec.due_in]
    return {f"nil_{spec.form}": True for spec in owed if spec.nil_allowed and not rows.get(spec.form)}


def _summary(world: World, unit: str, name: str) -> Rows:
    previous = _period_before(name)
    before = None if previous is None else _met_counts(world, previous)
    met = _met_counts(world, name)
    own = {commune.unit_code for commune in world.unit(unit, name).communes}
    lost = _lost(world, name)
    rows = []
    for (code, set_code, criterion), mark in world.marks(name).items():
        if code in own:
            rows.append(
                {
                    "criteria_set_code": set_code,
                    "commune_code": code,
                    "criterion_no": criterion,
                    "mark": mark,
                    "criteria_met": met[code, set_code],
                    "criteria_change": None if before is None else met[code, set_code] - before[code, set_code],
                    "explanation": LOST.format(", ".join(lost[code, set_code])) if (code, set_code) in lost else None,
                }
            )
    return rows


def _period_before(name: str) -> str | None:
    """The period of the sample that its units reported on before; none for communes that begin to report."""
    return None if is_later(name) or place_of(name) == 0 else EVERY_PERIOD[place_of(name) - 1]


def _lost(world: World, name: str) -> dict[tuple[str, str], list[str]]:
    """(commune, set) -> criteria not met now that were met in some earlier period; an office says so of itself."""
    if is_later(name):  # nobody can lose what it begins with
        return {}
    earlier = [world.marks(other) for other in EVERY_PERIOD[: place_of(name)]]
    lost: dict[tuple[str, str], list[str]] = {}
    for key, mark in world.marks(name).items():
        if mark not in STANDS and any(marks_then.get(key) in STANDS for marks_then in earlier):
            code, set_code, criterion = key
            lost.setdefault((code, set_code), []).append(criterion)
    return lost


def _met_counts(world: World, name: str) -> Counter[tuple[str, str]]:
    return Counter((code, set_code) for (code, set_code, _), mark in world.marks(name).items() if mark in STANDS)


def _register(world: World, unit: str, name: str) -> Rows:
    closing = period(name)["data_to"]
    return [
        _recognition_row(event)
        for event in world.recognitions
        if event.reporting_unit_id == unit and event.decision_date <= closing and stands(event.unit_id, closing)
    ]


def _recognition_row(event: Recognition) -> dict[str, Any]:
    return {
        "subject_code": event.unit_code,
        "title_code": event.title_code,
        "stage_code": event.stage_code,
        "act_code": event.act_code,
        "year_recognised": event.year_recognised,
        "decision_no": event.decision_no,
        "decision_date": event.decision_date,
        "model_field": event.model_field,
        "explanation": None,
    }
