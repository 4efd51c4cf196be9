"""Guidance, support and reward policies, and residential areas in the plans: questions 76 and 77."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from simulate.answers.places import MATRIX_PERIODS, asked_period, reporting_units_on
from simulate.answers.rows import Row, Truth, rows, share, total

if TYPE_CHECKING:
    import pandas as pd


def _is_in(day: date | None, about: Row) -> bool:
    return day is not None and about["data_from"] <= day <= about["data_to"]


def q76(truth: Truth, day: date) -> pd.DataFrame:
    """Guidance issued against plan, and special policies in force."""
    import pandas as pd

    about = asked_period(day, MATRIX_PERIODS)
    closing = about["data_to"]

    def counted(own: list[Row]) -> Row:
        issued = [row for row in own if row["issued_on"] is not None and row["issued_on"] <= closing]
        guidance = [row for row in own if row["kind_code"] == "guidance"]
        planned = [row for row in guidance if _is_in(row["planned_on"], about)]
        done = sum(row in issued for row in planned)
        special = [row for row in issued if row["kind_code"] == "special_policy"]
        return {
            "reporting_period_id": about["reporting_period_id"],
            "planned_count": len(planned),
            "issued_of_planned_count": done,
            "issued_of_planned_pct": share(done, len(planned)),
            "issued_unplanned_count": sum(
                row["planned_on"] is None and _is_in(row["issued_on"], about) for row in guidance
            ),
            "special_policy_count": len(special),
            "special_budget_vnd": total(row["budget_vnd"] for row in special),
        }

    every = rows(truth, "policy")
    found = [{"area_level": "province", "reporting_unit_id": None, **counted(every)}]
    for sender in reporting_units_on(closing):
        unit = sender["reporting_unit_id"]
        own = [row for row in every if row["reporting_unit_id"] == unit]
        found.append({"area_level": "unit", "reporting_unit_id": unit, **counted(own)})
    return pd.DataFrame(found, dtype=object)


def q77(truth: Truth, day: date) -> pd.DataFrame:
    """Residential areas in the plan of the year, in a reward policy, and looked at."""
    import pandas as pd

    about = asked_period(day, MATRIX_PERIODS)
    policies = [
        row
        for row in rows(truth, "policy")
        if row["issued_on"] is not None
        and row["issued_on"] <= about["data_to"]
        and row["year_from"] <= about["year"] <= row["year_to"]
    ]
    looked = [
        row
        for row in rows(truth, "activity")
        if row["subject_code"] == "residential_area" and _is_in(row["activity_date"], about)
    ]
    found = []
    for sender in reporting_units_on(about["data_to"]):
        unit = sender["reporting_unit_id"]
        own = [row for row in policies if row["reporting_unit_id"] == unit]
        plans = [row for row in own if row["kind_code"] == "annual_plan"]
        rewards = [row["reward_per_area_vnd"] for row in own if row["kind_code"] == "reward"]
        acts = [row for row in looked if row["reporting_unit_id"] == unit]
        kinds = [row["kind_code"] for row in acts]
        has_areas = any(row["covers_residential_areas"] for row in plans) if plans else None
        found.append(
            {
                "reporting_period_id": about["reporting_period_id"],
                "reporting_unit_id": unit,
                "has_plan": bool(plans),
                "has_areas_in_plan": has_areas,
                "has_reward_policy": bool(rewards),
                "reward_per_area_vnd": max(rewards, default=None),
                "guidance_count": sum(
                    row["kind_code"] == "guidance" and row["actor_kind"] == "department" for row in acts
                ),
                "inspection_count": kinds.count("inspection"),
                "supervision_count": kinds.count("supervision"),
                "area_count": len({row["area_code"] for row in acts} - {None}),
                "is_complete": bool(has_areas) and ("inspection" in kinds or "supervision" in kinds),
            }
        )
    return pd.DataFrame(found, dtype=object)


ANSWERS = {
    "q76": (q76, ("area_level", "reporting_unit_id")),
    "q77": (q77, ("reporting_unit_id",)),
}
