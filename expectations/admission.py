"""Admission: through which of its receipts a report counts, and what keeps it out.

Belongs here: the rules of time and folder, which hang on when and where the same bytes came in rather than on what is
in them. Does not belong here: what a workbook says (ingest.identity) and reading the ledger: everything is handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from expectations.catalogue import Severity, rule
from expectations.verdict import Finding, finding
from ingest import reference
from ingest.decisions import Decision, Kind, lock_state
from ingest.period_names import period_of_folder
from ingest.settings import OFFICE_TIME_ZONE
from ingest.unit_names import shown_unit, units_of_folder

COVER = "cover"
UNIT, PERIOD = "reporting_unit_code", "reporting_period_code"


@dataclass(frozen=True)
class Receipt:
    """One arrival of some bytes. `received_at` is the channel's moment, `recorded_at` when the office took it in."""

    receipt_id: str
    file_name: str
    channel_path: str
    received_at: datetime
    recorded_at: datetime | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Receipt:
        """A row of the ledger."""
        return cls(*(row[name] for name in ("receipt_id", "file_name", "channel_path", "received_at", "recorded_at")))

    @property
    def came_on(self) -> date:
        """The office's day of receipt: a file that is dated ahead came when it was taken in."""
        moment = self.received_at if self.recorded_at is None else min(self.received_at, self.recorded_at)
        return moment.astimezone(OFFICE_TIME_ZONE).date()

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of the inbox it lay in, outermost first."""
        return PurePosixPath(self.channel_path).parts[:-1]


@dataclass(frozen=True)
class Admission:
    """The receipt a report counts by, and from when. Not admitted while a finding is blocking."""

    receipt: Receipt
    findings: tuple[Finding, ...] = ()
    known_from: datetime | None = None

    @property
    def is_admitted(self) -> bool:
        return all(one.severity is not Severity.BLOCKING for one in self.findings)


def admit(
    unit: Mapping[str, Any],
    period: Mapping[str, Any],
    receipts_of_content: Iterable[Receipt],
    decisions: Sequence[Decision],
    cover: Mapping[str, Any] | None = None,
) -> Admission:
    """The earliest receipt of the content that keeps every rule of time and folder, else the first with what it breaks.

    unit and period are rows of the reference data; `cover` is the parsed or landed row of the cover, which gives
    findings their cell. Raises ValueError without a receipt.
    """
    receipts = sorted(receipts_of_content, key=lambda one: (one.received_at, one.receipt_id))
    if not receipts:
        raise ValueError("a report without a receipt cannot be admitted")
    place = _Place(cover)
    first: Admission | None = None
    for receipt in receipts:
        moment = known_from(receipt, decisions, period["reporting_period_id"], unit["reporting_unit_id"])
        admission = Admission(receipt, tuple(_findings(unit, period, receipt, decisions, place)), moment)
        if admission.is_admitted:
            return admission
        first = first or admission
    assert first is not None
    return first


def known_from(receipt: Receipt, decisions: Sequence[Decision], period_id: str, unit_id: str) -> datetime:
    """From when the office knew what came with a receipt: the channel's moment, as far as it can be true.

    A file dated ahead was known when it was taken in; and so was one whose date lies before or in a lock that was in
    force until it was taken in: had it been there, it would have been taken in by then.
    """
    taken_in = receipt.recorded_at
    if taken_in is None or receipt.received_at >= taken_in:
        return taken_in or receipt.received_at
    closed_since = any(
        one.kind is Kind.CLOSED
        and one.speaks_of(period_id, unit_id)
        and receipt.received_at < one.decided_at <= taken_in
        for one in decisions
    )
    was_closed = closed_since or lock_state(decisions, period_id, unit_id, receipt.received_at) is not None
    return taken_in if was_closed else receipt.received_at


def working_days_between(after: date, until: date) -> int:
    """Working days after one day, up to and with another: neither weekends nor public holidays."""
    days = (after + timedelta(days=number) for number in range(1, (until - after).days + 1))
    return sum(day.weekday() < 5 and day not in _holidays() for day in days)


class _Place:
    """Where the cover says unit and period."""

    def __init__(self, cover: Mapping[str, Any] | None) -> None:
        self.cover = cover or {}

    def of(self, column: str, said: str) -> dict[str, Any]:
        return {
            "form": COVER,
            "sheet": self.cover.get("sheet"),
            "cell": self.cover.get(f"{column}__cell"),
            "column_name": column,
            "value": self.cover.get(f"{column}__text") or said,
        }


def _findings(
    unit: Mapping[str, Any],
    period: Mapping[str, Any],
    receipt: Receipt,
    decisions: Sequence[Decision],
    place: _Place,
) -> Iterable[Finding]:
    """What its rules find; a rule that is silent in the period is not asked."""
    for rule_id, about in _broken(unit, period, receipt, decisions, place):
        if rule(rule_id).holds_in(period["reporting_period_id"]):
            yield finding(rule_id, period_id=period["reporting_period_id"], **about)


def _broken(
    unit: Mapping[str, Any],
    period: Mapping[str, Any],
    receipt: Receipt,
    decisions: Sequence[Decision],
    place: _Place,
) -> Iterable[tuple[str, dict[str, Any]]]:
    unit_id, period_id = unit["reporting_unit_id"], period["reporting_period_id"]
    of_unit, of_period = place.of(UNIT, shown_unit(unit)), place.of(PERIOD, period["label_vi"])
    if receipt.came_on < period["opens_on"]:
        yield "period_not_open", {**of_period, "expected": _day(period["opens_on"])}
    units = units_of_folder(receipt.folders[0], unit, period["data_to"]) if receipt.folders else []
    if units and all(one["reporting_unit_id"] != unit_id for one in units):
        expected = " hoặc ".join(shown_unit(one) for one in units)
        yield "unit_differs_from_folder", {**of_unit, "expected": expected}
    other = period_of_folder(receipt.folders[1]) if len(receipt.folders) > 1 else None
    if other is not None and other["reporting_period_id"] != period_id:
        yield "period_differs_from_folder", {**of_period, "expected": other["label_vi"]}
    closing = lock_state(decisions, period_id, unit_id, receipt.recorded_at or receipt.received_at)
    if closing is not None:
        on = closing.decided_at.astimezone(OFFICE_TIME_ZONE).date()
        yield "received_after_lock", {**of_period, "expected": _day(on)}
    if receipt.came_on > period["due_date"]:
        days = (receipt.came_on - period["due_date"]).days
        working = working_days_between(period["due_date"], receipt.came_on)
        late_vi = f"{_day(period['due_date'])}; muộn {days} ngày, trong đó {working} ngày làm việc"
        late_en = f"{_day(period['due_date'])}; {days} days late, {working} of them working days"
        about = {"form": COVER, "value": _day(receipt.came_on), "expected": late_vi, "expected_en": late_en}
        yield "received_late", about


@cache
def _holidays() -> frozenset[date]:
    return frozenset(row["date"] for row in reference.rows("holidays"))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
