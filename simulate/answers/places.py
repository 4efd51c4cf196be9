"""Where and when an answer is about: the period asked for by a day, and the communes of the province on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache

from ingest import reference
from simulate.answers.rows import Row
from simulate.world import PROVINCE_CODE

MATRIX_PERIODS = ("6_months", "year")  # types in which the indicator matrix is owed


def closed_periods(day: date, period_types: Collection[str] | None = None) -> list[Row]:
    """Reporting periods whose data were closed by a day, oldest first; stages are no periods of reports."""
    found = [
        row
        for row in reference.rows("reporting_periods")
        if row["period_type"] != "stage"
        and row["data_to"] <= day
        and (period_types is None or row["period_type"] in period_types)
    ]
    return sorted(found, key=lambda row: row["data_to"])


def asked_period(day: date, period_types: Collection[str] | None = None) -> Row:
    """P(D): the latest of them."""
    return closed_periods(day, period_types)[-1]


def reporting_units_on(day: date) -> list[Row]:
    """The reporting units of the province on a day; once it has ended, those that its own units became."""
    valid = [row for row in reference.rows("reporting_units") if reference.is_valid(row, day)]
    own = [row for row in valid if row["province_code"] == PROVINCE_CODE]
    return own or [row for row in valid if row["unit_id"] in _heirs()]


@cache
def _heirs() -> frozenset[str]:
    """What the communes and districts of the province became."""
    own = {
        row["unit_id"]
        for row in reference.rows("administrative_units")
        if row["province_code"] == PROVINCE_CODE and row["level"] != "province"
    }
    successions = reference.rows("unit_succession")
    return frozenset(row["successor_unit_id"] for row in successions if row["predecessor_unit_id"] in own)


def communes_on(day: date) -> list[Row]:
    """The rural communes (xã) of the province, each with the unit that reports for it."""
    return [
        {
            "unit_id": unit["unit_id"],
            "name_vi": unit["name_vi"],
            "reported_by_unit_id": sender["unit_id"],
            "reporting_unit_id": sender["reporting_unit_id"],
        }
        for sender in reporting_units_on(day)
        for unit in reference.communes_of(sender["reporting_unit_id"], day)
        if unit["unit_type"] == "xa"
    ]


def townships_on(sender: Row, day: date) -> list[str]:
    """Unit ids of the townships (thị trấn) of a reporting unit."""
    units = reference.communes_of(sender["reporting_unit_id"], day)
    return [unit["unit_id"] for unit in units if unit["unit_type"] == "thi_tran"]


def base_set(year: int) -> Row:
    """The national set that judges a rural commune for a year; the others build on it."""
    return next(
        row
        for row in reference.rows("criteria_sets")
        if row["subject_kind"] == "commune"
        and row["province_code"] is None
        and row["based_on_set"] is None
        and row["assessment_year_from"] is not None
        and row["assessment_year_from"] <= year <= row["assessment_year_to"]
    )
