"""The tasks of the year: question 89."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from simulate.answers.places import MATRIX_PERIODS, asked_period
from simulate.answers.rows import Row, Truth, of_period, rows, share

if TYPE_CHECKING:
    import pandas as pd

SAID = (
    *("reporting_period_id", "reporting_unit_id", "task_no", "group_code", "content", "unit_id", "area_code"),
    *("owner_kind", "owner_name", "person_name", "assigned_on", "is_priority", "is_continuous", "status_code"),
    *("target_unit", "target_value", "result_value", "deadline_on", "is_overdue", "overdue_days"),
)


def q89(truth: Truth, day: date) -> pd.DataFrame:
    """Every task of P, its target beside its result, and how late it is."""
    import pandas as pd

    asked = asked_period(day, MATRIX_PERIODS)["reporting_period_id"]
    return pd.DataFrame([_told(row, day) for row in of_period(rows(truth, "task_progress"), asked)], dtype=object)


def _told(row: Row, day: date) -> Row:
    is_final = bool(row["is_continuous"]) and row["status_code"] == "completed"
    return {name: row[name] for name in SAID} | {
        "result_pct": share(row["result_value"], row["target_value"]),
        "days_to_day": (day - row["deadline_on"]).days if row["is_overdue"] else None,
        "is_final_by_mistake": is_final,
    }


ANSWERS = {"q89": (q89, ("reporting_unit_id", "task_no"))}
