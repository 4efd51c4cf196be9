"""Figures that documents and the press state, recomputed from their parts and from the truth: questions 24 and 25."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from ingest import reference
from simulate.answers.places import asked_period, closed_periods, communes_on, reporting_units_on
from simulate.answers.recognition import held_on
from simulate.answers.rows import Row, Truth, of_period, rows
from simulate.unmet import BASE_SET

if TYPE_CHECKING:
    import pandas as pd

DISTRICT_TITLES = ("HUYEN_NTM", "TXTP_HTNV")


def _stated(day: date) -> dict[str, Row]:
    return {row["figure_id"]: row for row in reference.rows("stated_figures") if row["as_of"] <= day}


def q24(truth: Truth, day: date) -> pd.DataFrame:
    """Wholes beside the sum of their parts, shares and averages beside what they are made of."""
    import pandas as pd

    stated = _stated(day)
    sums: dict[str, Decimal] = {}
    for row in stated.values():
        if row["relation"] == "part_of":
            sums[row["whole_id"]] = sums.get(row["whole_id"], Decimal(0)) + row["value"]
    found = [_checked(stated[name], "sum_of_parts", total) for name, total in sums.items()]
    for row in stated.values():
        if row["relation"] in ("of_which", "share_of", "average_of"):
            found.append(_checked(row, row["relation"], _recomputed(row, stated)))
    return pd.DataFrame(found, dtype=object)


def _recomputed(row: Row, stated: dict[str, Row]) -> Decimal:
    whole: Decimal = stated[row["whole_id"]]["value"]
    if row["relation"] == "of_which":
        return whole
    factor = 100 if row["relation"] == "share_of" else 1
    exact = Decimal(factor * stated[row["numerator_id"]]["value"]) / whole
    return exact.quantize(Decimal(1).scaleb(-row["decimals"]), ROUND_HALF_UP)


def _checked(row: Row, check: str, recomputed: Decimal) -> Row:
    return {
        "figure_id": row["figure_id"],
        "check_code": check,
        "stated_value": row["value"],
        "recomputed_value": recomputed,
        "is_consistent": row["value"] <= recomputed if check == "of_which" else row["value"] == recomputed,
    }


def q25(truth: Truth, day: date) -> pd.DataFrame:
    """Figures stated about the province and one of its districts beside what the sample says on their day."""
    import pandas as pd

    reported = {row["reporting_period_id"] for row in rows(truth, "submission") if row["status"] is not None}
    last = max(row["data_to"] for row in closed_periods(date.max) if row["reporting_period_id"] in reported)
    found = []
    for row in _stated(day).values():
        if row["unit_id"] is None or not row["measure_code"].startswith(("communes", "district")):
            continue
        computed = _computed(truth, row) if row["as_of"] <= last else None
        found.append(
            {
                "figure_id": row["figure_id"],
                "stated_value": row["value"],
                "computed_value": computed,
                "is_equal": None if computed is None else computed == row["value"],
            }
        )
    return pd.DataFrame(found, dtype=object)


def _computed(truth: Truth, row: Row) -> Any:
    day, unit_id, measure = row["as_of"], row["unit_id"], row["measure_code"]
    held = held_on(rows(truth, "recognition"), day)
    own = {one["unit_id"] for one in communes_on(day) if unit_id in ("84.1", one["reported_by_unit_id"])}
    if measure == "communes":
        return len(own)
    if measure == "district_units":
        return sum(unit["unit_kind"] == "district" for unit in reporting_units_on(day))
    if measure == "district_units_recognised":
        return sum(title in DISTRICT_TITLES for _, title in held)
    titles = {"communes_ntm": "NTM", "communes_advanced": "NTM_NC", "communes_model": "NTM_KM"}
    if measure in titles:
        return sum((one, titles[measure]) in held for one in own)
    standings = [
        one
        for one in of_period(rows(truth, "unit_standing"), asked_period(day)["reporting_period_id"])
        if one["criteria_set_code"] == BASE_SET or one["unit_id"] == unit_id
    ]
    if measure == "communes_completed":
        return sum(one["standing"] == "completed_not_recognised" and one["unit_id"] in own for one in standings)
    district = next(one for one in standings if one["unit_id"] == unit_id)
    return district["criteria_total" if measure == "district_criteria" else "criteria_met_declared"]


ANSWERS = {
    "q24": (q24, ("figure_id", "check_code")),
    "q25": (q25, ("figure_id",)),
}
