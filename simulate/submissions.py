"""What the record of submissions must say: who was expected, who came when, how often, with which verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ingest import reference
from ingest.settings import OFFICE_TIME_ZONE
from simulate.channel import COPIES, UNIDENTIFIED, Delivery
from simulate.world import PROVINCE_CODE, period_of_calendar, units_in


def submission_rows(
    seed: int, names: Sequence[str], sent: Iterable[Delivery], faults: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """One row per expected unit and period: those reported on, the gaps between them, and the period that comes next.

    A copy of a file is no version; what cannot be identified belongs to no period. `status` is what the planted faults
    make of the last version: what is typed messily and has one reading only makes nothing of it.
    """
    found: dict[tuple[str, str], list[Delivery]] = {}
    for delivery in sent:
        if delivery.content not in (*COPIES, *UNIDENTIFIED):
            found.setdefault((delivery.reporting_unit_id, delivery.reporting_period_id), []).append(delivery)
    severities: dict[tuple[str, str], set[str]] = {}
    for fault in faults:
        if fault["severity"] != "blocking":
            key = (fault["reporting_unit_id"], fault["reporting_period_id"])
            severities.setdefault(key, set()).add(fault["severity"])
    rows = []
    for name in _expected_periods(names):
        for unit in units_in(seed, name):
            key = (unit.reporting_unit_id, name)
            rows.append(_row(key, found.get(key, []), severities.get(key, set())))
    return rows


def _expected_periods(names: Sequence[str]) -> list[str]:
    calendar = sorted(
        (row for row in reference.rows("reporting_periods") if row["period_type"] != "stage"),
        key=lambda row: row["data_to"],
    )
    ordered = [row["reporting_period_id"] for row in calendar]
    places = [ordered.index(name) for name in names]
    waived = {
        row["reporting_period_id"]
        for row in reference.rows("uncollected_periods")
        if row["province_code"] == PROVINCE_CODE
    }
    return [name for name in ordered[min(places) : max(places) + 2] if name in names or name not in waived]


def _row(key: tuple[str, str], versions: Sequence[Delivery], severities: set[str]) -> dict[str, Any]:
    unit, name = key
    due = period_of_calendar(name)["due_date"]
    first = min((version.received_at for version in versions), default=None)
    days = None if first is None else max(0, (first.astimezone(OFFICE_TIME_ZONE).date() - due).days)
    status = None
    if versions:
        status = "accepted"
        if "warning" in severities:
            status = "accepted_with_warnings"
        if "error" in severities:
            status = "accepted_with_quarantine"
    return {
        "reporting_unit_id": unit,
        "reporting_period_id": name,
        "version_count": len(versions),
        "first_received_at": first,
        "status": status,
        "punctuality": "missing" if days is None else "late" if days else "on_time",
        "days_late": days,
    }
