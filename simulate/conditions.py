"""Conditions of titles, unit by unit: what must follow from the register, the marks and the figures of the sample.

Belongs here: the truth of fct_condition. What nobody reports yet is None: unknown, never failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from ingest import reference
from simulate.expected_criteria import no_tables, results_and_statuses
from simulate.expected_registers import expected_recognitions
from simulate.indicators import STANDS, UNMET
from simulate.planted import Report, report_of_row
from simulate.topic import Row, Rows, Topic, Truth
from simulate.truth_criteria import criteria_total
from simulate.truth_projects import debts
from simulate.world import EVERY_PERIOD, PROVINCE_CODE, period, same_units, successions

ADVANCED_SET = "NTM_XA_NC_2021"
TITLES_OF_TYPE = {
    "huyen": ("HUYEN_NTM", "HUYEN_NTM_NC"),
    "thi_xa": ("TXTP_HTNV",),
    "thanh_pho": ("TXTP_HTNV",),
    "thi_tran": ("DTVM",),
    "phuong": ("DTVM",),
}
MILLIONTH = Decimal("0.000001")


@dataclass(frozen=True)
class Day:
    """What is known of the province on the closing day of a period."""

    reporting_period_id: str
    events: Rows
    marks: dict[tuple[str, str], Rows]  # (unit, set) -> statuses
    figures: dict[tuple[str, str, str], Row]  # (unit, set, indicator) -> result
    senders: frozenset[str]
    units: Rows = field(default_factory=list)
    surveys: Rows = field(default_factory=list)
    debts: Rows = field(default_factory=list)
    registered: dict[str, date] = field(default_factory=dict)  # township -> day

    @property
    def closing(self) -> date:
        day: date = period(self.reporting_period_id)["data_to"]
        return day

    @cached_property
    def held(self) -> set[tuple[str, str]]:
        """(unit, title), also for a unit that went on alone under a new identifier."""
        return {
            (unit["unit_id"], event["title_code"])
            for unit in self.units
            for event in self.events
            if event["unit_id"] in same_units(unit["unit_id"])
        }

    def holds(self, unit_id: str, title: str) -> bool:
        return (unit_id, title) in self.held

    def set_of(self, title: str) -> str | None:
        """The set that judges a title in the stage of the day; None where the stage has none."""
        stage = period(self.reporting_period_id)["stage"]
        for row in reference.rows("title_sets"):
            if (row["title_code"], row["stage"]) == (title, stage) and row["province_code"] in (None, PROVINCE_CODE):
                return str(row["set_code"])
        return None

    def below(self, area: Row, kinds: Iterable[str]) -> Rows:
        """Units of some types in a district or, for the province, in all of it."""
        kinds = set(kinds)
        return [
            unit
            for unit in self.units
            if unit["unit_type"] in kinds and (area["level"] == "province" or unit["parent_unit_id"] == area["unit_id"])
        ]


def condition_rows(day: Day) -> Rows:
    """One row per unit, title that it may strive for, and condition of the title."""
    conditions = {row["condition_code"]: row for row in reference.rows("conditions")}
    rows: Rows = []
    for unit in day.units:
        for title in _titles(day, unit):
            for asked in reference.rows("title_conditions"):
                if asked["title_code"] == title:
                    rows.append(_row(day, unit, title, asked, conditions[asked["condition_code"]]))
    return rows


def _titles(day: Day, unit: Row) -> Sequence[str]:
    if unit["level"] == "province":
        return ("TINH_HTNV",)
    if unit["unit_type"] != "xa":
        return TITLES_OF_TYPE[unit["unit_type"]]
    unit_id = unit["unit_id"]
    is_advanced = day.holds(unit_id, "NTM_NC") or (unit_id, ADVANCED_SET) in day.marks
    is_model = is_advanced or day.holds(unit_id, "NTM_KM")
    return ("NTM", *(["NTM_NC"] if is_advanced else []), *(["NTM_KM"] if is_model else []))


def _row(day: Day, unit: Row, title: str, asked: Row, condition: Row) -> Row:
    measured = _measured(day, unit, title, condition)
    value = measured["value"]
    least, below = Decimal(asked["required_from"]), asked["required_below"]
    distance = is_met = None
    if value is not None and condition["operator"] == "between":
        is_met = least <= value < below and _has_named_failure(day, unit, title, condition)
    elif value is not None:
        distance = value - least if condition["operator"] == ">=" else -abs(value - least)
        is_met = distance >= 0 and _reaches_each(day, unit, title, asked["required_each"])
    return measured | {
        "reporting_period_id": day.reporting_period_id,
        "reporting_unit_id": unit["reporting_unit_id"],
        "unit_id": unit["unit_id"],
        "subject_level": unit["level"],
        "title_code": title,
        "criteria_set_code": day.set_of(title),
        "condition_code": asked["condition_code"],
        "kind": condition["kind"],
        "required_from": least,
        "required_below": below,
        "distance": distance,
        "is_met": is_met,
        "confidence": asked["confidence"],
    }


def _measured(day: Day, unit: Row, title: str, condition: Row) -> Row:
    """Value, its parts, and what the unit itself wrote."""
    metric, unit_id = condition["metric"], unit["unit_id"]
    set_code = day.set_of(title) or ""
    found: Row = {"numerator": None, "denominator": None, "value": None, "is_applicable": True}
    own = day.figures.get((unit_id, set_code, condition["condition_code"]))
    found["reported_value"] = own["value"] if own else None
    is_known = (
        unit["reporting_unit_id"] in day.senders
        if unit["reporting_unit_id"]
        else day.senders >= {other["reporting_unit_id"] for other in day.units if other["level"] == "district"}
    )
    base = next(row["base_title_code"] for row in reference.rows("titles") if row["title_code"] == title)
    if metric == "place_share":
        places = day.below(unit, condition["place_types"].split("|"))
        found |= {"denominator": len(places), "is_applicable": bool(places)}
        if is_known:
            found["numerator"] = sum(_counts(day, place, condition) for place in places)
            found["value"] = _share(found["numerator"], len(places))
    elif metric.startswith("base_title") and is_known:
        granted = (event for event in day.events if (event["unit_id"], event["title_code"]) == (unit_id, base))
        stage = period(day.reporting_period_id)["stage"]
        is_of_stage = any(event["stage_code"] == stage for event in granted)
        found["value"] = Decimal(day.holds(unit_id, str(base)) if metric == "base_title_held" else is_of_stage)
    elif metric.startswith("criteria_") and (marks := day.marks.get((unit_id, set_code))):
        total = criteria_total(set_code)
        failed = sum(row["judged_mark"] == UNMET for row in marks)
        met = sum(row["judged_mark"] in STANDS for row in marks)
        found |= {"numerator": failed if metric == "criteria_failed_share" else met, "denominator": total}
        if len(marks) == total:
            is_count = metric == "criteria_met_count"
            found["value"] = Decimal(met) if is_count else _share(found["numerator"], total)
    elif metric == "satisfaction" and (survey := _survey(day, unit, title)):
        overall = survey["overall"]
        found |= {"numerator": overall["satisfied_count"], "denominator": overall["asked_count"]}
        found["value"] = _share(found["numerator"], found["denominator"])
    elif metric == "registration_years" and unit_id in day.registered:
        begun, now = day.registered[unit_id], day.closing
        found["value"] = Decimal(now.year - begun.year - ((now.month, now.day) < (begun.month, begun.day)))
    elif metric == "construction_debt" and is_known:
        owed = [row for row in day.debts if (row["unit_id"], row["programme_code"]) == (unit_id, "NTM")]
        debt = sum((row["debt_computed_vnd"] for row in owed), Decimal(0))
        found["value"] = (debt / 1_000_000).quantize(MILLIONTH)
    elif metric == "reported_indicator":
        found["value"] = found["reported_value"]
    elif metric == "income_over_advanced":
        income = day.figures.get((unit_id, ADVANCED_SET, "10"))
        if income is not None:
            over = 100 * (income["value"] / income["threshold_value"] - 1)
            found["value"] = over.quantize(MILLIONTH, ROUND_HALF_UP)
    return found


def _counts(day: Day, place: Row, condition: Row) -> bool:
    """Whether a place counts among those that hold a title; nobody in the sample has lost one."""
    title = condition["place_title"]
    if condition["kind"] == "withdraw":
        return False
    base = next(row["base_title_code"] for row in reference.rows("titles") if row["title_code"] == title)
    return day.holds(place["unit_id"], title) and (base is None or day.holds(place["unit_id"], base))


def _has_named_failure(day: Day, unit: Row, title: str, condition: Row) -> bool:
    named = {
        row["criterion_no"]
        for row in reference.rows("condition_criteria")
        if (row["condition_code"], row["set_code"]) == (condition["condition_code"], day.set_of(title))
    }
    marks = day.marks[unit["unit_id"], str(day.set_of(title))]
    return any(row["judged_mark"] == UNMET and row["criterion_no"] in named for row in marks)


def _survey(day: Day, unit: Row, title: str) -> dict[str, Row]:
    """The latest survey of a unit for a title by the closing day: its rows by content."""
    own = [row for row in day.surveys if (row["unit_id"], row["title_code"]) == (unit["unit_id"], title)]
    latest = max((row["surveyed_on"] for row in own if row["surveyed_on"] <= day.closing), default=None)
    return {row["content_code"]: row for row in own if row["surveyed_on"] == latest}


def _reaches_each(day: Day, unit: Row, title: str, required: Decimal | None) -> bool:
    contents = _survey(day, unit, title).values()
    return required is None or all(100 * row["satisfied_count"] >= required * row["asked_count"] for row in contents)


def _share(part: int, whole: int) -> Decimal | None:
    return (Decimal(100 * part) / whole).quantize(MILLIONTH, ROUND_HALF_UP) if whole else None


def _units(closing: date) -> Rows:
    """Province, districts and communes on a day, each with the unit that reports for it."""
    found = []
    heirs = {successor for _, successor in successions()}
    for row in reference.rows("administrative_units"):
        is_own = row["province_code"] == PROVINCE_CODE or row["unit_id"] in heirs
        if is_own and reference.is_valid(row, closing):
            commune = row["district_code"] or row["unit_code"]  # without a district it reports for itself
            codes = {"province": None, "district": row["unit_code"], "commune": commune}
            found.append(dict(row) | {"reporting_unit_id": codes[row["level"]]})
    return found


def _expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    results, statuses = results_and_statuses(truth, faults, sent)
    events = expected_recognitions(list(truth["recognition"]), faults, sent)
    rows: Rows = []
    for name in EVERY_PERIOD:
        senders = frozenset(unit for unit, sent_for in sent if sent_for == name)
        if not senders:
            continue
        closing = period(name)["data_to"]
        marks: dict[tuple[str, str], Rows] = {}
        for row in statuses:
            if row["reporting_period_id"] == name:
                marks.setdefault((row["unit_id"], row["criteria_set_code"]), []).append(row)
        figures: dict[tuple[str, str, str], Any] = {
            (row["unit_id"], row["criteria_set_code"], row["indicator_no"]): row
            for row in results
            if row["reporting_period_id"] == name and row["part_code"] == "total"
        }
        known = [event for event in events if event["decision_date"] <= closing]
        surveys = [row for row in truth["satisfaction"] if report_of_row(row) in sent]
        listed = [row for row in truth["project"] if report_of_row(row) in sent]
        owed = [row for row in debts(listed) if row["reporting_period_id"] == name]
        registered = {
            row["unit_id"]: row["registered_on"]
            for row in truth["township_registration"]
            if report_of_row(row) in sent and period(row["reporting_period_id"])["data_to"] <= closing
        }
        rows += condition_rows(Day(name, known, marks, figures, senders, _units(closing), surveys, owed, registered))
    return {"fct_condition": rows}


TOPIC = Topic(
    truth=no_tables,
    expected=_expected,
    keys={"fct_condition": ("reporting_period_id", "unit_id", "title_code", "condition_code")},
)
