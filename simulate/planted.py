"""Which rows of the truth a planted fault touches, and which reports came at all.

Belongs here: matching a fault's row key to a row of a table. What a fault does to the row is in the expected_* modules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulate.world import period, unit_id_on

# what a planted fault does to the row of the truth that it touches
QUARANTINED, DIFFERS, REJECTED, ABSENT, NONE = "quarantined_row", "value_differs", "rejected", "absent_row", "none"

Rows = list[dict[str, Any]]
Report = tuple[str, str]  # unit, period


def report_of_row(row: Mapping[str, Any]) -> Report:
    return row["reporting_unit_id"], row["reporting_period_id"]


def faults_in(faults: Iterable[Mapping[str, Any]], form: str, *effects: str) -> list[Mapping[str, Any]]:
    """The faults of a form that have one of these effects."""
    return [fault for fault in faults if fault["form"] == form and fault["effect"] in effects]


def touches(fault: Mapping[str, Any], row: Mapping[str, Any], names: Mapping[str, str]) -> bool:
    """Whether a fault's row key names this row; `names` maps columns of the form to columns of the table."""
    if report_of_row(fault) != report_of_row(row):
        return False
    closing = period(fault["reporting_period_id"])["data_to"]
    for column, wanted in fault["row_key"].items():
        name = names.get(column, column)
        value = unit_id_on(wanted, closing) if name == "unit_id" else wanted
        if str(row[name]) != str(value):
            return False
    return True
