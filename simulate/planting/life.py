"""Faults of sending: too early, too late, into the folder of another unit or period."""

from __future__ import annotations

from datetime import date, datetime, time

from ingest.settings import OFFICE_TIME_ZONE
from simulate.planting.declaration import Plant, Planting
from simulate.planting.report import Address, Report, Spot, cover_key


def _received(day: date, column: str | None = None) -> Plant:
    """Another moment of receipt; a report that is only late has nothing wrong in a cell."""

    def plant(report: Report) -> Spot:
        report.received_at = datetime.combine(day, time(9), OFFICE_TIME_ZONE)
        return Address(None) if column is None else cover_key(report, column)

    return plant


def _into(folder: str, column: str) -> Plant:
    def plant(report: Report) -> Spot:
        report.folder = folder
        return cover_key(report, column)

    return plant


PERIOD, UNIT = "reporting_period_code", "reporting_unit_code"
PLANTINGS = (
    Planting("period_not_open", "sent ten days before the period opens", _received(date(2023, 5, 22), PERIOD)),
    Planting("received_late", "sent ten days after it was due", _received(date(2023, 7, 5))),
    Planting("received_after_lock", "sent the day after the period was closed", _received(date(2023, 6, 24), PERIOD),
             base="city_closed"),
    Planting("unit_differs_from_folder", "in the folder of another unit", _into("849", UNIT)),
    Planting("period_differs_from_folder", "in the folder of another period", _into("842/2023Q1", PERIOD)),
)  # fmt: skip
