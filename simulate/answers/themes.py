"""Results and money of thematic programmes, start-ups, livelihoods: questions 85 to 88."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ingest import reference
from simulate.answers.places import MATRIX_PERIODS, asked_period, base_set
from simulate.answers.rows import Row, Truth, of_period, rows, share, total

if TYPE_CHECKING:
    import pandas as pd

INCOME = "10"


def _asked(truth: Truth, day: date) -> list[Row]:
    """The results of P, each with what the indicator is."""
    about = asked_period(day, MATRIX_PERIODS)
    indicators = {row["indicator_code"]: row for row in reference.rows("thematic_indicators")}
    found = of_period(rows(truth, "thematic_result"), about["reporting_period_id"])
    return [{**indicators[row["indicator_code"]], **row} for row in found]


def _by_area(
    found: Sequence[Row], keys: Sequence[str], measure: Callable[[list[Row]], Row], blank: Sequence[str] = ()
) -> list[Row]:
    """`measure` of each value of the keys, in the province and in each reporting unit; `blank` columns are null."""
    made: list[Row] = []
    for level in ("province", "unit"):
        groups: dict[tuple[object, ...], list[Row]] = {}
        for row in found:
            unit = row["reporting_unit_id"] if level == "unit" else None
            groups.setdefault((unit, *(row[name] for name in keys)), []).append(row)
        for group, own in groups.items():
            named = dict(zip(("reporting_unit_id", *keys), group, strict=True))
            period = own[0]["reporting_period_id"]
            made.append(
                {"area_level": level, "reporting_period_id": period, **dict.fromkeys(blank), **named, **measure(own)}
            )
    return made


def _sum(own: Iterable[Row], column: str) -> Decimal | None:
    return total(row[column] for row in own)


def q85(truth: Truth, day: date) -> pd.DataFrame:
    """Results of each indicator against plan and base."""
    import pandas as pd

    def measure(own: list[Row]) -> Row:
        planned = [row for row in own if row["planned_value"] is not None]
        based = [row for row in own if row["base_value"] is not None]
        value, expired = _sum(own, "value"), _sum(own, "expired_count")
        is_certified = own[0]["has_expiry"] and value is not None and expired is not None
        return {
            "programme_code": own[0]["programme_code"],
            "measure_kind": own[0]["measure_kind"],
            "focus_content": own[0]["focus_content"],
            "place_count": sum(row["value"] is not None for row in own),
            "planned_value": _sum(own, "planned_value"),
            "value": value,
            "plan_pct": share(_sum(planned, "value"), _sum(planned, "planned_value")),
            "base_value": _sum(based, "base_value"),
            "base_pct": share(_sum(based, "value"), _sum(based, "base_value")),
            "expired_count": expired,
            "valid_count": value - expired if is_certified and value is not None and expired is not None else None,
            "next_expiry_on": min((row["next_expiry_on"] for row in own if row["next_expiry_on"]), default=None),
        }

    return pd.DataFrame(_by_area(_asked(truth, day), ("indicator_code",), measure), dtype=object)


def q86(truth: Truth, day: date) -> pd.DataFrame:
    """Money planned, assigned and used by programme and priority."""
    import pandas as pd

    def measure(own: list[Row]) -> Row:
        planned, assigned = _sum(own, "planned_vnd"), _sum(own, "assigned_vnd")
        disbursed = _sum(own, "disbursed_vnd")
        return {
            "line_count": len(own),
            "planned_vnd": planned,
            "assigned_vnd": assigned,
            "disbursed_vnd": disbursed,
            "shortfall_vnd": sum(max(row["planned_vnd"] - row["assigned_vnd"], Decimal(0)) for row in own),
            "assigned_pct": share(assigned, planned),
            "disbursed_pct": share(disbursed, assigned),
        }

    found = [row for row in _asked(truth, day) if row["planned_vnd"] is not None]
    parts = [row | {"is_sum": False} for row in _by_area(found, ("programme_code", "theme_code"), measure)]
    sums = [row | {"is_sum": True} for row in _by_area(found, ("programme_code",), measure, ("theme_code",))]
    return pd.DataFrame(parts + sums, dtype=object)


def q87(truth: Truth, day: date) -> pd.DataFrame:
    """Start-ups supported, with money and outcome."""
    import pandas as pd

    def measure(own: list[Row]) -> Row:
        support = [row for row in own if row["indicator_code"] == "KN_SUPPORT"]
        outcome = [row for row in own if row["indicator_code"] == "KN_STABLE"]
        stable, in_all = _sum(outcome, "value"), _sum(outcome, "base_value")
        return {
            "planned_count": _sum(support, "planned_value"),
            "supported_count": _sum(support, "value"),
            "beneficiary_count": _sum(support, "beneficiary_count"),
            "assigned_vnd": _sum(support, "assigned_vnd"),
            "disbursed_vnd": _sum(support, "disbursed_vnd"),
            "supported_in_all_count": in_all,
            "stable_count": stable,
            "stable_pct": share(stable, in_all),
        }

    found = [row for row in _asked(truth, day) if row["theme_code"] == "start_up"]
    return pd.DataFrame(_by_area(found, (), measure), dtype=object)


def q88(truth: Truth, day: date) -> pd.DataFrame:
    """Livelihood models and income of each commune that has some."""
    import pandas as pd

    about = asked_period(day, MATRIX_PERIODS)
    incomes = {
        (row["reporting_period_id"], row["unit_id"]): row["value"]
        for row in rows(truth, "indicator_result")
        if row["indicator_no"] == INCOME
        and row["part_code"] == "total"
        and row["criteria_set_code"] == base_set(about["year"])["set_code"]
    }
    found = []
    livelihoods = [row for row in _asked(truth, day) if row["theme_code"] == "livelihood"]
    for unit in sorted({row["unit_id"] for row in livelihoods}):
        models = [row for row in livelihoods if (row["unit_id"], row["indicator_code"]) == (unit, "SK_MODEL")]
        rose = [row for row in livelihoods if (row["unit_id"], row["indicator_code"]) == (unit, "SK_INCOME")]
        found.append(
            {
                "reporting_period_id": about["reporting_period_id"],
                "unit_id": unit,
                "planned_model_count": _sum(models, "planned_value"),
                "model_count": _sum(models, "value"),
                "household_count": _sum(models, "beneficiary_count"),
                "disbursed_vnd": _sum(models, "disbursed_vnd"),
                "household_in_models_count": _sum(rose, "base_value"),
                "household_income_rose_count": _sum(rose, "value"),
                "income_per_head": incomes.get((about["reporting_period_id"], unit)),
                "income_per_head_before": incomes.get((about["same_period_last_year_id"], unit)),
            }
        )
    return pd.DataFrame(found, dtype=object)


ANSWERS = {
    "q85": (q85, ("area_level", "reporting_unit_id", "indicator_code")),
    "q86": (q86, ("area_level", "reporting_unit_id", "programme_code", "is_sum", "theme_code")),
    "q87": (q87, ("area_level", "reporting_unit_id")),
    "q88": (q88, ("unit_id",)),
}
