"""What a criteria desk watches from period to period: questions 18 to 23.

Belongs here: answers from results and marks. Conditions of recognition are in criteria_conditions.py.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ingest import reference
from simulate.answers.criteria import deciding_parts
from simulate.answers.indicators import in_charge
from simulate.answers.places import closed_periods
from simulate.answers.rows import Row, Truth, rows

if TYPE_CHECKING:
    import pandas as pd


def _name(unit_id: str) -> str:
    return next(str(row["name_vi"]) for row in reference.rows("administrative_units") if row["unit_id"] == unit_id)


def q20(truth: Truth, day: date) -> pd.DataFrame:
    """Each indicator of each set in its latest period: who is in charge, who fails it, since when."""
    import pandas as pd

    closed = {row["reporting_period_id"]: row["data_to"] for row in closed_periods(day)}
    results = [row for row in rows(truth, "indicator_result") if row["reporting_period_id"] in closed]
    unmet = rows(truth, "unmet_indicator")
    found: list[Row] = []
    for set_code in sorted({row["criteria_set_code"] for row in results}):
        of_set = [row for row in results if row["criteria_set_code"] == set_code]
        name = max({row["reporting_period_id"] for row in of_set}, key=lambda name: closed[name])
        deciding = set(deciding_parts(set_code))
        reported: dict[str, set[str]] = {}
        for row in of_set:
            if row["reporting_period_id"] == name and (row["indicator_no"], row["part_code"]) in deciding:
                reported.setdefault(row["indicator_no"], set()).add(row["unit_id"])
        for indicator_no, units in reported.items():
            subject = name, set_code, indicator_no
            own = [
                row
                for row in unmet
                if (row["reporting_period_id"], row["criteria_set_code"], row["indicator_no"]) == subject
            ]
            own.sort(key=lambda row: (row["since_date"], row["unit_id"]))
            (agency,) = in_charge(set_code, indicator_no, closed[name])
            found.append(
                {
                    "criteria_set_code": set_code,
                    "reporting_period_id": name,
                    "indicator_no": indicator_no,
                    "agency_code": agency,
                    "reported_count": len(units),
                    "unmet_count": len(own),
                    "oldest_days": (day - own[0]["since_date"]).days if own else None,
                    "unmet_units": ", ".join(_name(row["unit_id"]) for row in own) or None,
                }
            )
    return pd.DataFrame(found, dtype=object)


ANSWERS = {
    "q20": (q20, ("criteria_set_code", "indicator_no")),
}
