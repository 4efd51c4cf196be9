"""What every published ratio must be, counted from the expected facts: parts first, the ratio from its parts.

Belongs here: numerators and denominators in words of the truth. They are written from what a metric's name promises,
never from the SQL that defines it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from ingest import reference
from simulate.indicators import STANDS
from simulate.later import base_set_of
from simulate.planted import Rows
from simulate.world import period

Row = dict[str, Any]
Amount = Callable[[Row], Any]  # of one row; None where it is not known
RUNNING = "running assignments"  # rows of fct_helper_period whose assignment no day up to the closing day has ended


@dataclass(frozen=True)
class Metric:
    """A ratio of two sums over rows of a fact. `scale` is 100 for a percentage."""

    fact: str
    numerator: Amount
    denominator: Amount
    of: Callable[[Row], bool] = lambda row: True
    scale: int = 100
    by_commune: bool = False
    period: str = "reporting_period_id"  # column that names the period it is about


def _one(row: Row) -> int:
    return 1


def _is_base(row: Row) -> bool:
    base = base_set_of(period(row["reporting_period_id"])["stage"])
    return bool(row["criteria_set_code"] == base and row["subject_level"] == "commune")


def _is_reported(row: Row) -> bool:
    return row["criteria_met_declared"] is not None


def _is_recognised(row: Row) -> bool:
    return bool(row["standing"] == "recognised")


def _holds(rank: int) -> Amount:
    return lambda row: int(_is_recognised(row) and _ranks()[row["title_code"]] >= rank)


@cache
def _ranks() -> dict[str, int]:
    return {row["title_code"]: row["rank"] for row in reference.rows("titles")}


@cache
def _groups() -> dict[str, str]:
    return {row["source_code"]: row["group_code"] for row in reference.rows("funding_sources")}


@cache
def _content_groups() -> dict[str, str]:
    return {row["content_code"]: row["group_code"] for row in reference.rows("funding_contents")}


def _is_budget(row: Row) -> bool:
    return _groups()[row["source_code"]] in ("central", "local")


def _is_of_this_year(row: Row) -> bool:
    return not row["is_carried_over"]


def _provided(row: Row) -> Any:
    names = ("assigned_vnd",) if _is_budget(row) else ("assigned_vnd", "performed_vnd", "lent_vnd")
    return next((row[name] for name in names if row[name] is not None), None)


def _from_above(row: Row) -> Any:
    is_upper = row["source_code"] == "NST" or _groups()[row["source_code"]] == "central"
    return _provided(row) if is_upper else 0


def _column(name: str) -> Amount:
    return lambda row: row[name]


def _on_content(group: str) -> Amount:
    def amount(row: Row) -> Any:
        is_of_group = row["content_code"] != "ND00" and _content_groups()[row["content_code"]] == group
        return row["disbursed_vnd"] if is_of_group else 0

    return amount


def _standing(numerator: Amount, denominator: Amount = _one, scale: int = 100) -> Metric:
    return Metric("fct_unit_standing", numerator, denominator, _is_base, scale)


def _money(stage: str, is_carried_over: bool = False) -> Metric:
    return Metric(
        "fct_funding",
        _column(f"{stage}_vnd"),
        _column("assigned_vnd"),
        lambda row: _is_budget(row) and row["is_carried_over"] == is_carried_over,
    )


def _is_of_every_commune(row: Row) -> bool:
    return bool(row["title_code"] == "NTM")


def _can_be_completed(row: Row) -> bool:
    return not row["is_continuous"] and row["status_code"] != "cancelled"


def _households(kind: str) -> Metric:
    counted = f"{kind}_household_count"
    return Metric(
        "fct_commune_profile",
        _column(counted),
        lambda row: None if row[counted] is None else row["household_count"],
        by_commune=True,
    )


def _share_of(group: str) -> Metric:
    return Metric("fct_funding", _on_content(group), _column("disbursed_vnd"), _is_of_this_year)


METRICS: Mapping[str, Metric] = {
    "communes_reported": _standing(lambda row: int(_is_reported(row))),
    "communes_recognised": _standing(lambda row: int(_is_recognised(row))),
    "communes_advanced": _standing(_holds(2)),
    "communes_advanced_of_recognised": _standing(_holds(2), lambda row: int(_is_recognised(row))),
    "communes_model": _standing(_holds(3)),
    "communes_completed": _standing(
        lambda row: int(row["standing"] == "completed_not_recognised"), lambda row: int(not _is_recognised(row))
    ),
    "criteria_per_commune": _standing(_column("criteria_met_declared"), lambda row: int(_is_reported(row)), scale=1),
    "criteria_confirmed": Metric(
        "fct_criterion_status",
        lambda row: int(row["computed_mark"] in STANDS),
        _one,
        lambda row: (
            row["declared_mark"] in STANDS and row["computed_mark"] is not None and row["subject_level"] == "commune"
        ),
        by_commune=True,
    ),
    "budget_disbursed": _money("disbursed"),
    "carried_over_disbursed": _money("disbursed", is_carried_over=True),
    "budget_performed": _money("performed"),
    "budget_estimated": _money("estimated_year_end"),
    "upper_budget_share": Metric(
        "fct_funding",
        _from_above,
        _provided,
        lambda row: (
            _is_of_this_year(row) and _groups()[row["source_code"]] in ("central", "local", "enterprise", "community")
        ),
    ),
    "infrastructure_share": _share_of("infrastructure"),
    "production_share": _share_of("production"),
    "livelihood_share": _share_of("livelihood"),
    "environment_share": _share_of("environment"),
    "visits_in_advance": Metric(
        "fct_helper_period", _column("visit_in_advance_count"), _column("visit_count"), by_commune=True
    ),
    "assignments_with_visit": Metric(
        RUNNING,
        lambda row: int((row["visit_count"] or 0) > 0),
        lambda row: int(row["visit_count"] is not None),
    ),
    "health_insured": Metric(
        "fct_health_insurance",
        _column("insured_count"),
        lambda row: None if row["insured_count"] is None else row["people_count"],
        _is_of_every_commune,
        by_commune=True,
    ),
    "communes_health_met": Metric(
        "fct_health_insurance", lambda row: int(row["is_met"] is True), _one, _is_of_every_commune
    ),
    "communes_health_kept": Metric(
        "fct_health_insurance", lambda row: int(row["state_code"] == "kept"), _one, _is_of_every_commune
    ),
    "poor_households": _households("poor"),
    "near_poor_households": _households("near_poor"),
    "stable_work_households": _households("stable_work"),
    "minority_households": _households("minority"),
    "communes_with_new_areas": Metric(
        "fct_commune_flag",
        lambda row: int(row["new_area_count"] >= 2),
        _one,
        lambda row: row["result_period_id"] is not None,
        period="result_period_id",
    ),
    "targets_reached": Metric(
        "fct_target",
        lambda row: int(row["is_reached"] is True),
        lambda row: int(row["is_reached"] is not None),
        lambda row: row["is_in_force"] and row["horizon_code"] == "year" and row["result_period_id"] is not None,
        period="result_period_id",
    ),
    "tasks_completed": Metric(
        "fct_task_progress", lambda row: int(row["status_code"] == "completed"), _one, _can_be_completed
    ),
    "tasks_overdue": Metric("fct_task_progress", lambda row: int(row["is_overdue"] is True), _one, _can_be_completed),
    "reports_on_time": Metric("fct_submission", lambda row: int(row["punctuality"] == "on_time"), _one),
    "forms_accepted": Metric("fct_submission", _column("accepted_form_count"), _column("expected_form_count")),
}


def expected_metrics(marts: Mapping[str, Rows]) -> Rows:
    """Every metric by period, of each commune where it is counted so, of each reporting unit and of the province."""
    found: Rows = []
    facts = {**marts, RUNNING: _running(marts["fct_helper_period"], marts["fct_helper_assignment"])}
    for code, metric in METRICS.items():
        areas: dict[tuple[str, str, str | None], Rows] = {}
        for row in filter(metric.of, facts[metric.fact]):
            name = row[metric.period]
            areas.setdefault((name, "province", None), []).append(row)
            areas.setdefault((name, "unit", row["reporting_unit_id"]), []).append(row)
            if metric.by_commune:
                areas.setdefault((name, "commune", row["unit_id"]), []).append(row)
        for (name, level, area), rows in areas.items():
            parts = _sum(rows, metric.numerator), _sum(rows, metric.denominator)
            if parts != (None, None):
                place = {"reporting_period_id": name, "area_level": level, "area_id": area}
                found.append({"metric_code": code, **place, **_ratio(*parts, metric.scale)})
    return found


def _running(counted: Rows, register: Rows) -> Rows:
    ends = {_assignment(row): row["valid_to"] for row in register}

    def is_running(row: Row) -> bool:
        ended = ends[_assignment(row)]
        return ended is None or ended > period(row["reporting_period_id"])["data_to"]

    return [row for row in counted if is_running(row)]


def _assignment(row: Row) -> tuple[Any, ...]:
    return row["agency_code"], row["unit_id"], row["role_code"], row["valid_from"]


def _sum(rows: Rows, amount: Amount) -> Decimal | None:
    known = [Decimal(value) for value in map(amount, rows) if value is not None]
    return sum(known, Decimal(0)) if known else None


def _ratio(numerator: Decimal | None, denominator: Decimal | None, scale: int) -> Row:
    value = None
    if numerator is not None and denominator:
        value = (numerator * scale / denominator).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return {"numerator": numerator, "denominator": denominator, "value": value}
