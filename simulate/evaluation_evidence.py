"""What each point of an evaluation rests on: evidence counted from the facts, and the points that follow from it.

Belongs here: numerator and denominator of every part, and the points computed by the weights of the year. Does not
belong here: the points that evaluators gave (evaluations.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from ingest import reference
from simulate.expected_criteria import results_and_statuses
from simulate.expected_obstacles import expected_obstacles
from simulate.expected_registers import expected_helper_periods
from simulate.helper_summaries import expected as expected_summaries
from simulate.indicators import STANDS
from simulate.planted import Report, Rows
from simulate.topic import Truth
from simulate.unmet import BASE_SET
from simulate.world import period

POINTS_OF = {
    "visits": "visit_points",
    "obstacles": "obstacle_points",
    "criteria": "criteria_points",
    "support": "support_points",
    "reports": "report_points",
}
HEAD = "unit_head"
Evidence = tuple[Decimal | int | None, Decimal | int | None]
Row = Mapping[str, Any]


@cache
def weights_of(subject_kind: str, year: int) -> Mapping[str, Decimal]:
    """Points by part in the version of the scale that judges a year."""
    return {row["part_code"]: row["weight_points"] for row in _parts_of(subject_kind, year)}


def _parts_of(subject_kind: str, year: int) -> list[dict[str, Any]]:
    return [
        row
        for row in reference.rows("evaluation_weights")
        if row["subject_kind"] == subject_kind
        and row["assessment_year_from"] <= year
        and (row["assessment_year_to"] is None or year <= row["assessment_year_to"])
    ]


def expected_parts(truth: Truth, faults: Rows, sent: set[Report], evaluations: Rows) -> Rows:
    """One row per evaluation and part of the scale in force: evidence, computed and given points."""
    helping = _Helping(truth, faults, sent)
    districts = _Districts(truth, faults, sent)
    found = []
    for row in evaluations:
        is_head = row["subject_code"] == HEAD
        evidence_of: Callable[[Row, str], Evidence] = districts.evidence if is_head else helping.evidence
        for part in _parts_of(HEAD if is_head else "helper", row["year"]):
            numerator, denominator = evidence_of(row, part["part_code"])
            computed = _points(part["part_code"], part["weight_points"], numerator, denominator, is_head)
            given = row[POINTS_OF[part["part_code"]]]
            found.append(
                {
                    **{name: row[name] for name in ("reporting_period_id", "reporting_unit_id", "year", "subject_code",
                                                    "agency_code", "unit_id", "evaluator_code")},
                    "version_code": part["version_code"],
                    "part_code": part["part_code"],
                    "weight_points": part["weight_points"],
                    "evidence_numerator": numerator,
                    "evidence_denominator": denominator,
                    "computed_points": computed,
                    "given_points": given,
                    "points_difference": None if computed is None or given is None else given - computed,
                }
            )  # fmt: skip
    return found


def _points(
    part: str, weight: Decimal, numerator: Decimal | int | None, denominator: Decimal | int | None, is_head: bool
) -> Decimal | None:
    """Weight times share, the share from 0 to 1; who planned no further criterion keeps all points by losing none."""
    if numerator is None or denominator is None:
        return None
    if denominator == 0:
        if part != "criteria" or is_head:
            return None
        return weight.quantize(Decimal("0.01")) if numerator >= 0 else Decimal("0.00")
    share = min(Decimal(1), max(Decimal(0), Decimal(numerator) / Decimal(denominator)))
    return (weight * share).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _total(values: Iterable[Any]) -> Any:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _met_counts(truth: Truth, faults: Rows, sent: set[Report]) -> dict[tuple[str, str], tuple[int, int, str]]:
    """(period, commune) -> criteria of the base set declared met, criteria declared, reporting unit."""
    counts: dict[tuple[str, str], tuple[int, int, str]] = {}
    _, statuses = results_and_statuses(truth, faults, sent)
    for row in statuses:
        if row["criteria_set_code"] == BASE_SET and row["subject_level"] == "commune":
            key = row["reporting_period_id"], row["unit_id"]
            met, declared, unit = counts.get(key, (0, 0, row["reporting_unit_id"]))
            counts[key] = met + (row["declared_mark"] in STANDS), declared + 1, unit
    return counts


def _resolved_in_time(row: Row, obstacles: Iterable[Row]) -> Evidence:
    """Obstacles raised in the report year: those resolved by their last day in time, and all of them."""
    about = period(row["reporting_period_id"])
    raised = [
        one
        for one in obstacles
        if one["kind_code"] == "obstacle" and about["data_from"] <= one["raised_on"] <= about["data_to"]
    ]
    in_time = [one for one in raised if one["resolved_on"] and one["resolved_on"] <= one["last_day_in_time"]]
    return len(in_time), len(raised)


class _Helping:
    """Evidence of who helps a commune, by agency and commune."""

    def __init__(self, truth: Truth, faults: Rows, sent: set[Report]) -> None:
        self._periods = expected_helper_periods(truth, faults, sent)
        self._summaries = expected_summaries(truth, faults, sent)["fct_helper_summary"]
        self._met = _met_counts(truth, faults, sent)
        self._obstacles = expected_obstacles(truth, faults, sent)["fct_obstacle"]

    def evidence(self, row: Row, part: str) -> Evidence:
        name = row["reporting_period_id"]
        own = [one for one in self._periods if self._is_of(one, row) and one["reporting_period_id"] == name]
        said = [one for one in self._summaries if self._is_of(one, row) and one["reporting_period_id"] == name]
        if part == "visits":
            return _total(one["visit_count"] for one in own), _total(one["planned_visit_count"] for one in said)
        if part == "support":
            return _total(one["support_vnd"] for one in said), _total(one["planned_support_vnd"] for one in said)
        if part == "criteria":
            return self._gained(row), _total(one["planned_criteria_count"] for one in said)
        if part == "reports":
            return self._reported(row)
        return _resolved_in_time(row, (one for one in self._obstacles if self._is_of(one, row)))

    def _is_of(self, one: Row, row: Row) -> bool:
        return (one["agency_code"], one["unit_id"]) == (row["agency_code"], row["unit_id"])

    def _gained(self, row: Row) -> int | None:
        before = period(row["reporting_period_id"])["same_period_last_year_id"]
        now, then = self._met.get((row["reporting_period_id"], row["unit_id"])), self._met.get((before, row["unit_id"]))
        return None if now is None or then is None else now[0] - then[0]

    def _reported(self, row: Row) -> Evidence:
        of_year = [
            one
            for one in self._periods
            if self._is_of(one, row) and period(one["reporting_period_id"])["year"] == row["year"]
        ]
        said = {one["reporting_period_id"] for one in of_year if one["reported_visit_count"] is not None}
        return len(said), len({one["reporting_period_id"] for one in of_year})


class _Districts:
    """Evidence of district heads, by reporting unit."""

    def __init__(self, truth: Truth, faults: Rows, sent: set[Report]) -> None:
        self._met = _met_counts(truth, faults, sent)
        self._submissions = truth["submission"]
        self._obstacles = expected_obstacles(truth, faults, sent)["fct_obstacle"]

    def evidence(self, row: Row, part: str) -> Evidence:
        unit, name = row["reporting_unit_id"], row["reporting_period_id"]
        if part == "criteria":
            own = [counts for (of, _), counts in self._met.items() if of == name and counts[2] == unit]
            return _total(met for met, _, _ in own), _total(declared for _, declared, _ in own)
        if part == "reports":
            of_year = [
                one["punctuality"]
                for one in self._submissions
                if one["reporting_unit_id"] == unit and _year_of(one["reporting_period_id"]) == row["year"]
            ]
            return of_year.count("on_time"), len(of_year)
        return _resolved_in_time(row, (one for one in self._obstacles if one["reporting_unit_id"] == unit))


def _year_of(reporting_period_id: str) -> int | None:
    row = reference.period(reporting_period_id)
    return row["year"] if row else None
