"""The truth of criteria: results by indicator, marks by criterion, standing by unit, as the marts name them.

A part of truth.py; expected.py recounts standings with it after faults.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ingest import reference
from simulate.indicators import MET, UNMET
from simulate.later import is_later
from simulate.recognitions import Recognition, held_on
from simulate.townships import TOWN_SET, town_marks
from simulate.world import MERGED_ON, period, same_units, successions, unit_id_on, units_in

if TYPE_CHECKING:
    from simulate.reports import World

Rows = list[dict[str, Any]]
TITLE_OF_SET = {
    "NTM_XA_2021": "NTM",
    "NTM_XA_NC_2021": "NTM_NC",
    "NTM_HUYEN_2021": "HUYEN_NTM",
    "NTM_TXTP_2021": "TXTP_HTNV",
    TOWN_SET: "DTVM",
    "NTM_XA_2026": "NTM",
}


def result_rows(world: World, name: str) -> Rows:
    about = period(name)
    rows: Rows = []
    if is_later(name):
        return rows
    if about["period_type"] in ("6_months", "year"):
        for result in world.results[name]:
            rows.append(
                _judged(result, about["year"])
                | {
                    "reporting_period_id": name,
                    "reporting_unit_id": result.reporting_unit_id,
                    "unit_id": unit_id_on(result.unit_code, about["data_to"]),
                    "subject_level": "commune",
                    "numerator": _decimal(result.numerator),
                    "denominator": _decimal(result.denominator),
                }
            )
    for own in world.district_results[name]:
        rows.append(
            _judged(own, about["year"])
            | {
                "reporting_period_id": name,
                "reporting_unit_id": own.reporting_unit_id,
                "unit_id": unit_id_on(own.reporting_unit_id, about["data_to"]),
                "subject_level": "district",
                "numerator": None,
                "denominator": None,
            }
        )
    return rows


def _judged(result: Any, year: int) -> dict[str, Any]:
    """What is common to results of communes and districts; the verdict rests on a figure where there is one."""
    has_figure = result.value is not None and result.threshold is not None
    is_unknown = result.value is not None and result.threshold is None  # what is asked of the commune
    distance = None
    if has_figure:
        difference = result.value - result.threshold
        distance = {">=": difference, "<=": -difference, "=": -abs(difference)}[result.direction]
    return {
        "criteria_set_code": result.set_code,
        "criterion_no": int(result.criterion_no),
        "indicator_no": result.indicator_no,
        "part_code": result.part_code,
        "data_year": year,
        "value": result.value,
        "declared_verdict": result.verdict,
        "computed_verdict": None if is_unknown else result.verdict,
        "computed_basis": "figure" if has_figure else "no_threshold" if is_unknown else "declared",
        "threshold_value": result.threshold if has_figure else None,
        "distance": distance,
        "is_agreed": None if is_unknown else True,
    }


def status_rows(world: World, name: str) -> Rows:
    about = period(name)
    is_detailed = about["period_type"] in ("6_months", "year")
    unit_of = {
        commune.unit_code: commune.reporting_unit_id
        for place in units_in(world.seed, name)
        for commune in place.communes
    }
    rows: Rows = []
    for (code, set_code, criterion), mark in world.marks(name).items():
        rows.append(
            _status(name, unit_of[code], code, "commune", set_code, criterion, mark, mark if is_detailed else None)
        )
    if is_later(name):
        return rows
    marks: dict[tuple[str, str, str], str] = {}
    for own in world.district_results[name]:
        key = (own.reporting_unit_id, own.set_code, own.criterion_no)
        marks[key] = UNMET if own.verdict == UNMET else marks.get(key, MET)
    for (unit, set_code, criterion), mark in marks.items():
        rows.append(_status(name, unit, unit, "district", set_code, criterion, mark, mark))
    if is_detailed:
        for (unit, code, criterion), mark in town_marks(world, name).items():
            rows.append(_status(name, unit, code, "township_ward", TOWN_SET, criterion, mark, None))
    return rows


def _status(
    name: str, unit: str, code: str, level: str, set_code: str, criterion: str, declared: str, computed: str | None
) -> dict[str, Any]:
    return {
        "reporting_period_id": name,
        "reporting_unit_id": unit,
        "unit_id": unit_id_on(code, period(name)["data_to"]),
        "subject_level": level,
        "criteria_set_code": set_code,
        "criterion_no": int(criterion),
        "declared_mark": declared,
        "computed_mark": computed,
        "is_agreed": None if computed is None else declared == computed,
    }


def standings(events: Sequence[Recognition], statuses: Iterable[Mapping[str, Any]]) -> Rows:
    """One row per subject and set of the given statuses: counts, band and standing on the closing day."""
    grouped: dict[tuple[str, str, str, str, str], list[Mapping[str, Any]]] = {}
    for row in statuses:
        key = (row["reporting_period_id"], row["reporting_unit_id"], row["unit_id"], row["subject_level"])
        grouped.setdefault((*key, row["criteria_set_code"]), []).append(row)
    rows: Rows = []
    for (name, unit, unit_id, level, set_code), own in grouped.items():
        declared = sum(1 for row in own if row["declared_mark"] in (MET, "KAD"))
        computed = [row["computed_mark"] for row in own if row["computed_mark"] is not None]
        rows.append(
            standing_row(events, name, unit, unit_id, level, set_code)
            | {
                "criteria_met_declared": declared,
                "criteria_met_computed": computed.count(MET) if computed else None,
                "band_code": band_of(set_code, declared),
            }
        )
    for row in rows:
        if row["standing"] is None:
            is_complete = row["criteria_met_declared"] >= row["criteria_total"]
            row["standing"] = "completed_not_recognised" if is_complete else "in_progress"
    return rows


def standing_row(
    events: Sequence[Recognition], name: str, unit: str, unit_id: str, level: str, set_code: str
) -> dict[str, Any]:
    """What the register alone says of a subject: None as standing where the criteria decide."""
    closing = period(name)["data_to"]
    titles = reference.rows("titles")
    code = unit_id.partition(".")[0]
    same = same_units(unit_id)
    own = [event for event in events if event.unit_id in same]
    held = [row for row in titles if code in held_on(own, row["title_code"], closing)]
    highest = max(held, key=lambda row: row["rank"], default=None)
    title = TITLE_OF_SET[set_code]
    is_held = any(row["title_code"] == title for row in held)
    is_merged = any(
        event.title_code == title and event.decision_date < MERGED_ON
        for event in events
        if (event.unit_id, unit_id) in successions() and event.unit_id not in same
    )
    return {
        "reporting_period_id": name,
        "reporting_unit_id": unit,
        "unit_id": unit_id,
        "subject_level": level,
        "criteria_set_code": set_code,
        "criteria_total": criteria_total(set_code),
        "criteria_met_declared": None,
        "criteria_met_computed": None,
        "band_code": None,
        "standing": "recognised" if is_held else "to_be_reassessed" if is_merged else None,
        "title_code": highest["title_code"] if highest else None,
    }


def criteria_total(set_code: str) -> int:
    return int(next(row["n_criteria"] for row in reference.rows("criteria_sets") if row["set_code"] == set_code))


def band_of(set_code: str, met: int) -> str | None:
    for row in reference.rows("status_bands"):
        if row["set_code"] == set_code and row["criteria_from"] <= met <= row["criteria_to"]:
            return str(row["band_code"])
    return None


def _decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)
