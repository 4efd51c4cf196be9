"""Registers repeat in each report what an earlier one said; the row of the latest report sent speaks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulate.planted import Report, report_of_row
from simulate.world import place_of


def latest_reported(rows: Iterable[Mapping[str, Any]], key: tuple[str, ...], sent: set[Report]) -> list[dict[str, Any]]:
    """Of rows by report, for each key the one of the latest report that was sent."""
    latest: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: place_of(row["reporting_period_id"])):
        if report_of_row(row) in sent:
            latest[tuple(row[name] for name in key)] = dict(row)
    return list(latest.values())
