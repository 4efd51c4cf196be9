"""Conditions of titles, and titles at risk: questions 16, 21 and 22."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from simulate.answers.places import asked_period
from simulate.answers.recognition import held_on
from simulate.answers.rows import Row, Truth, of_period, rows

if TYPE_CHECKING:
    import pandas as pd


def _of_titles(truth: Truth, day: date) -> dict[tuple[str, str], list[Row]]:
    """(unit, title) -> its conditions in the asked period, by code."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in of_period(rows(truth, "condition"), asked_period(day)["reporting_period_id"]):
        found.setdefault((row["unit_id"], row["title_code"]), []).append(row)
    return {subject: sorted(own, key=lambda row: row["condition_code"]) for subject, own in found.items()}


def _codes(listed: list[Row]) -> str | None:
    return ", ".join(row["condition_code"] for row in listed) or None


def q16(truth: Truth, day: date) -> pd.DataFrame:
    """Conditions met, lacking and unknown of each title that a unit does not hold."""
    import pandas as pd

    held = held_on(rows(truth, "recognition"), day)
    found = []
    for subject, listed in _of_titles(truth, day).items():
        own = [row for row in listed if row["kind"] != "withdraw"]
        if subject in held or own[0]["subject_level"] == "province":
            continue
        lacking = [row for row in own if row["is_met"] is False]
        unknown = [row for row in own if row["is_met"] is None and row["is_applicable"]]
        found.append(
            {
                "unit_id": subject[0],
                "title_code": subject[1],
                "condition_count": len(own),
                "met_count": sum(row["is_met"] is True for row in own),
                "lacking_count": len(lacking),
                "unknown_count": len(unknown),
                "lacking_conditions": _codes(lacking),
                "unknown_conditions": _codes(unknown),
                "is_eligible": False if lacking else None if unknown else True,
            }
        )
    return pd.DataFrame(found, dtype=object)


def q21(truth: Truth, day: date) -> pd.DataFrame:
    """The eight conditions of the province."""
    import pandas as pd

    found = []
    for (_, title), own in _of_titles(truth, day).items():
        for row in own if title == "TINH_HTNV" else ():
            missing = None
            if row["numerator"] is not None:
                missing = max(0, ceil(row["denominator"] * row["required_from"] / 100) - row["numerator"])
            found.append(
                {
                    "condition_code": row["condition_code"],
                    "holder_count": row["numerator"],
                    "place_count": row["denominator"],
                    "value": None if row["value"] is None else float(row["value"]),
                    "missing_count": missing,
                    "is_met": row["is_met"],
                }
            )
    return pd.DataFrame(found, dtype=object)


def q22(truth: Truth, day: date) -> pd.DataFrame:
    """Titles held whose criteria fail, with the rules of withdrawal that this touches."""
    import pandas as pd

    held = held_on(rows(truth, "recognition"), day)
    found = []
    for subject, listed in _of_titles(truth, day).items():
        own = [row for row in listed if row["kind"] == "withdraw"]
        counted = [row for row in own if row["condition_code"] != "DW1" and row["numerator"] is not None]
        touched = [row for row in own if row["is_met"]]
        failed = max((row["numerator"] for row in counted), default=0)
        if subject in held and own and (failed or touched):
            found.append(
                {
                    "unit_id": subject[0],
                    "title_code": subject[1],
                    "held_since": held[subject]["decision_date"],
                    "failed_count": failed,
                    "criteria_count": counted[0]["denominator"],
                    "touched_rules": _codes(touched),
                }
            )
    return pd.DataFrame(found, dtype=object)


ANSWERS = {
    "q16": (q16, ("unit_id", "title_code")),
    "q21": (q21, ("condition_code",)),
    "q22": (q22, ("unit_id", "title_code")),
}
