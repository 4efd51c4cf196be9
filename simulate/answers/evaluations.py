"""What helpers and heads of units were given for the year, and what the evidence says: questions 54 and 55."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from simulate.answers.places import asked_period
from simulate.answers.rows import Row, Truth, of_period, rows

if TYPE_CHECKING:
    import pandas as pd

KEY = ("subject_code", "agency_code", "unit_id", "evaluator_code")
HEAD = "unit_head"


def _year_rows(truth: Truth, table: str, day: date) -> list[Row]:
    return of_period(rows(truth, table), asked_period(day, ("year",))["reporting_period_id"])


def _parts(truth: Truth, day: date) -> dict[tuple[object, ...], list[Row]]:
    found: dict[tuple[object, ...], list[Row]] = {}
    for row in _year_rows(truth, "evaluation_part", day):
        found.setdefault(tuple(row[name] for name in KEY), []).append(row)
    return found


def q54(truth: Truth, day: date) -> pd.DataFrame:
    import pandas as pd

    parts = _parts(truth, day)
    found = []
    for row in _year_rows(truth, "evaluation", day):
        if row["subject_code"] != HEAD:
            checked = [
                part for part in parts[tuple(row[name] for name in KEY)] if part["points_difference"] is not None
            ]
            taken = {name: row[name] for name in (*KEY, "total_points", "rating_code", "reminder_count", "year")}
            found.append(taken | _checked(checked))
    return pd.DataFrame(found, dtype=object)


def _checked(parts: Sequence[Row]) -> Row:
    if not parts:
        return dict.fromkeys(
            ("checked_weight", "checked_given_points", "computed_points", "beyond_evidence_points", "widest_part")
        )
    given, computed = _sum(parts, "given_points"), _sum(parts, "computed_points")
    return {
        "checked_weight": _sum(parts, "weight_points"),
        "checked_given_points": given,
        "computed_points": computed,
        "beyond_evidence_points": given - computed,
        "widest_part": max(parts, key=lambda part: (part["points_difference"], part["part_code"]))["part_code"],
    }


def _sum(parts: Sequence[Row], column: str) -> Decimal:
    return sum((Decimal(part[column]) for part in parts if part[column] is not None), Decimal(0))


def q55(truth: Truth, day: date) -> pd.DataFrame:
    import pandas as pd

    parts = _parts(truth, day)
    heads = {
        row["reporting_unit_id"]: row for row in _year_rows(truth, "evaluation", day) if row["subject_code"] == HEAD
    }
    found = []
    for submission in _year_rows(truth, "submission", day):
        unit = submission["reporting_unit_id"]
        head = heads.get(unit, {})
        own = {part["part_code"]: part for part in parts.get(tuple(head.get(name) for name in KEY), ())}
        computed = [part for part in own.values() if part["computed_points"] is not None]
        found.append(
            {
                "reporting_unit_id": unit,
                "head_name": head.get("subject_name"),
                "total_points": head.get("total_points"),
                "rating_code": head.get("rating_code"),
                "computed_points": _sum(computed, "computed_points") if computed else None,
                "checked_weight": _sum(computed, "weight_points") if computed else None,
                **_evidence(own, "criteria", "criteria_met", "criteria_reported"),
                **_evidence(own, "obstacles", "obstacles_in_time", "obstacles_raised"),
                **_evidence(own, "reports", "reports_on_time", "reports_owed"),
            }
        )
    return pd.DataFrame(found, dtype=object)


def _evidence(parts: dict[str, Row], part: str, numerator: str, denominator: str) -> Row:
    own = parts.get(part, {})
    return {numerator: own.get("evidence_numerator"), denominator: own.get("evidence_denominator")}


ANSWERS = {"q54": (q54, KEY), "q55": (q55, ("reporting_unit_id",))}
