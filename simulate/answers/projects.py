"""Projects: questions 36 (two programmes), 37 (schedule), 38 (progress), 41 (models), 43 (debt), 47 (concentration)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from ingest import reference
from simulate.answers.by_area import by_area, report_counts
from simulate.answers.funding import difficult_communes
from simulate.answers.places import asked_period, closed_periods
from simulate.answers.rows import Row, Truth, of_period, rows, share, total

if TYPE_CHECKING:
    import pandas as pd

DONE = ("completed", "closed")
AREA = ("area_level", "reporting_unit_id")
PARTS = ("area_level", "unit_id", "programme_code", "programme_part_code", "content_code")
INCOME = ("NTM_XA_2021", "10")


def _projects(truth: Truth, day: date) -> tuple[str, list[Row]]:
    name = asked_period(day)["reporting_period_id"]
    return name, of_period(rows(truth, "project"), name)


def q36(truth: Truth, day: date) -> pd.DataFrame:
    """Pairs of projects that two programmes both pay for."""
    import pandas as pd

    name = asked_period(day)["reporting_period_id"]
    decisions = {row["exception_id"]: row["decision_no"] for row in reference.rows("overlap_exceptions")}
    found = [
        row | {"allowed_by": decisions.get(row["exception_id"])}
        for row in of_period(rows(truth, "programme_overlap"), name)
    ]
    columns = ("reporting_period_id", "reporting_unit_id", "unit_id", "project_code", "other_reporting_unit_id",
               "other_project_code", "programme_code", "other_programme_code", "matched_on", "direct_vnd",
               "other_direct_vnd", "doubly_paid_vnd", "excess_vnd", "finding_code", "allowed_by")  # fmt: skip
    return pd.DataFrame([{column: row[column] for column in columns} for row in found], dtype=object)


def q37(truth: Truth, day: date) -> pd.DataFrame:
    """Completed, on schedule, late and continued projects."""
    import pandas as pd

    name, listed = _projects(truth, day)
    found = []
    for area, own in by_area(listed):
        open_ones = [row for row in own if row["status_code"] not in DONE]
        in_year = [row for row in own if row["is_completed_in_year"]]
        on_schedule = [row for row in in_year if row["is_on_schedule"]]
        found.append(
            area
            | report_counts(truth, name, area["reporting_unit_id"])
            | {
                "reporting_period_id": name,
                "project_count": len(own),
                "not_started_count": sum(row["status_code"] == "not_started" for row in own),
                "under_way_count": sum(row["status_code"] == "under_way" for row in own),
                "completed_count": len(own) - len(open_ones),
                "completed_in_year_count": len(in_year),
                "on_schedule_count": len(on_schedule),
                "on_schedule_pct": share(len(on_schedule), len(in_year)),
                "overdue_count": sum(row["days_late"] > 0 for row in open_ones),
                "most_days_late": max((row["days_late"] for row in open_ones), default=None),
                "continued_count": sum(bool(row["is_continued"]) for row in own),
                "carried_over_vnd": total(row["carried_over_vnd"] for row in own),
                "disbursed_carried_vnd": total(row["disbursed_carried_vnd"] for row in own),
            }
        )
    return pd.DataFrame(found, dtype=object)


def q38(truth: Truth, day: date) -> pd.DataFrame:
    """Volume and money of projects by place, programme, its part and content, against their plans."""
    import pandas as pd

    name, listed = _projects(truth, day)
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in listed:
        what = (row["programme_code"], row["programme_part_code"], row["content_code"])
        groups.setdefault(("province", None, *what), []).append(row)
        groups.setdefault(("place", row["unit_id"], *what), []).append(row)
    amounts = ("investment_vnd", "accepted_vnd", "assigned_total_vnd", "disbursed_total_vnd", "assigned_year_vnd",
               "disbursed_year_vnd")  # fmt: skip
    found = []
    for group, own in groups.items():
        sums = {amount: total(row[amount] for row in own) for amount in amounts}
        found.append(
            dict(
                zip(
                    ("area_level", "unit_id", "programme_code", "programme_part_code", "content_code"),
                    group,
                    strict=True,
                )
            )
            | {"reporting_period_id": name, "project_count": len(own)}
            | {"completed_count": sum(row["status_code"] in DONE for row in own)}
            | sums
            | {
                "accepted_pct": share(sums["accepted_vnd"], sums["investment_vnd"]),
                "disbursed_total_pct": share(sums["disbursed_total_vnd"], sums["assigned_total_vnd"]),
                "disbursed_year_pct": share(sums["disbursed_year_vnd"], sums["assigned_year_vnd"]),
            }
        )
    return pd.DataFrame(found, dtype=object)


def q41(truth: Truth, day: date) -> pd.DataFrame:
    """Production models, the households they help, and income where they stand."""
    import pandas as pd

    name, listed = _projects(truth, day)
    models = [row for row in listed if row["kind_code"] == "production"]
    with_model = {row["unit_id"] for row in models}
    incomes = _latest_incomes(truth, day)
    found = []
    for area, own in by_area(models):
        unit = area["reporting_unit_id"]
        near = [row for row in incomes if unit in (None, row["reporting_unit_id"])]
        found.append(
            area
            | report_counts(truth, name, area["reporting_unit_id"])
            | {
                "reporting_period_id": name,
                "model_count": len(own),
                "completed_count": sum(row["status_code"] in DONE for row in own),
                "place_count": len({row["unit_id"] for row in own}),
                "household_count": total(row["household_count"] for row in own),
                "investment_vnd": total(row["investment_vnd"] for row in own),
                "disbursed_total_vnd": total(row["disbursed_total_vnd"] for row in own),
                "income_with_model": _mean_income(row for row in near if row["unit_id"] in with_model),
                "income_without_model": _mean_income(row for row in near if row["unit_id"] not in with_model),
            }
        )
    return pd.DataFrame(found, dtype=object)


def _latest_incomes(truth: Truth, day: date) -> list[Row]:
    """Income per head of each commune as last reported by a day, and how many people it has; unknown is left out."""
    latest: dict[str, Row] = {}
    people: dict[str, int] = {}
    profiles = [row for row in rows(truth, "commune_profile") if row["people_count"] is not None]
    listed = [row for row in rows(truth, "indicator_result")
              if (row["criteria_set_code"], row["indicator_no"]) == INCOME and row["value"] is not None]  # fmt: skip
    for about in closed_periods(day):
        for row in of_period(listed, about["reporting_period_id"]):
            latest[row["unit_id"]] = row
        for row in of_period(profiles, about["reporting_period_id"]):
            people[row["unit_id"]] = row["people_count"]
    return [row | {"people_count": people[unit]} for unit, row in latest.items() if unit in people]


def _mean_income(communes: Iterable[Row]) -> float | None:
    known = list(communes)
    people = sum(row["people_count"] for row in known)
    return float(round(sum(row["value"] * row["people_count"] for row in known) / people, 2)) if people else None


def q43(truth: Truth, day: date) -> pd.DataFrame:
    """Debt of construction by paying level, with its age."""
    import pandas as pd

    name = asked_period(day)["reporting_period_id"]
    amounts = ("debt_vnd", "debt_central_vnd", "debt_province_vnd", "debt_district_vnd", "debt_commune_vnd",
               "debt_computed_vnd", "unpaid_vnd")  # fmt: skip
    found = []
    for area, own in by_area(of_period(rows(truth, "construction_debt"), name)):
        overdue = [row for row in own if row["is_overdue"]]
        found.append(
            area
            | {amount: total(row[amount] for row in own) for amount in amounts}
            | {
                "reporting_period_id": name,
                "project_count": len(own),
                "indebted_place_count": len({row["unit_id"] for row in own}),
                "differing_count": sum(row["is_agreed"] is not True for row in own),
                "oldest_since": min((row["debt_since"] for row in own if row["debt_since"]), default=None),
                "oldest_age_days": max((row["age_days"] for row in own if row["debt_since"]), default=None),
                "overdue_count": len(overdue),
                "overdue_vnd": total(row["debt_vnd"] for row in overdue),
            }
        )
    return pd.DataFrame(found, dtype=object)


def q47(truth: Truth, day: date) -> pd.DataFrame:
    """How far the plan of the year is concentrated on few projects and on specially difficult communes."""
    import pandas as pd

    name, listed = _projects(truth, day)
    difficult = difficult_communes(asked_period(day)["data_to"])
    found = []
    for area, own in by_area(row for row in listed if row["assigned_year_vnd"] > 0):
        plans = sorted((row["assigned_year_vnd"] for row in own), reverse=True)
        hard = [row["assigned_year_vnd"] for row in own if row["unit_id"].partition(".")[0] in difficult]
        found.append(
            area
            | {
                "reporting_period_id": name,
                "project_count": len(plans),
                "plan_vnd": sum(plans),
                "plan_per_project_vnd": (sum(plans) / len(plans)).quantize(Decimal(1), ROUND_HALF_UP),
                "three_largest_pct": share(sum(plans[:3]), sum(plans)),
                "concentration_index": _index(plans),
                "difficult_project_count": len(hard),
                "difficult_plan_vnd": total(hard),
                "difficult_pct": share(total(hard) or Decimal(0), sum(plans)),
            }
        )
    return pd.DataFrame(found, dtype=object)


def _index(plans: Sequence[Decimal]) -> int:
    """Sum of squared shares x 10,000."""
    whole = sum(plans)
    index = sum(((plan / whole) ** 2 for plan in plans), Decimal(0))
    return int((10_000 * index).quantize(Decimal(1), ROUND_HALF_UP))


ANSWERS = {
    "q36": (q36, ("project_code", "other_reporting_unit_id", "other_project_code")),
    "q37": (q37, AREA),
    "q38": (q38, PARTS),
    "q41": (q41, AREA),
    "q43": (q43, AREA),
    "q47": (q47, AREA),
}
