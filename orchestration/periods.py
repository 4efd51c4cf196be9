"""Which reporting periods there are to partition by, and how a set of them becomes one range.

Belongs here: the order of periods. What a period is stands in data/reference/reporting_periods.csv.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from ingest import expected, reference
from ingest.period_names import REPORTED_PERIOD_TYPES
from ingest.settings import Settings


@cache
def reporting_period_ids() -> tuple[str, ...]:
    """Every period a workbook may be for, oldest first."""
    owed = [row for row in reference.rows("reporting_periods") if row["period_type"] in REPORTED_PERIOD_TYPES]
    return tuple(
        row["reporting_period_id"] for row in sorted(owed, key=lambda row: (row["data_to"], row["sort_order"]))
    )


def in_order(period_ids: Iterable[str]) -> tuple[str, ...]:
    """The periods, oldest first, each once. A period that reference data no longer has is left out."""
    wanted = set(period_ids)
    return tuple(period_id for period_id in reporting_period_ids() if period_id in wanted)


def units_owing(settings: Settings, period_id: str) -> list[dict[str, Any]]:
    """The reporting units of the province on the period's closing day; of its successor where it has ended by then."""
    period = reference.period(period_id)
    assert period is not None
    return expected.units_owing(settings.province_code, period)


def latest_open(settings: Settings) -> str:
    """The latest period that has opened for reports."""
    today = settings.now.date()
    opened = [row for row in reference.rows("reporting_periods") if row["opens_on"] and row["opens_on"] <= today]
    return (in_order(row["reporting_period_id"] for row in opened) or reporting_period_ids()[:1])[-1]
