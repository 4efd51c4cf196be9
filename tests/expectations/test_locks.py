"""A closed period changes only by a recorded reopening: whatever else would have its reports judged again waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from expectations.admission import Receipt, known_from
from ingest.decisions import Decision, Kind, record_decision

BILLION = Decimal(1_000_000_000)
TOO_MUCH = """
select submission_id, 'funding_sources' as form, sheet, disbursed_vnd__cell as cell, row_id,
    'disbursed_vnd' as column_name, disbursed_vnd__text as value, '' as expected, disbursed_vnd < 2000000000 as is_ok
from funding_sources
"""
FALLS = """
select rows.submission_id, 'funding_sources' as form, rows.sheet, rows.disbursed_vnd__cell as cell, rows.row_id,
    'disbursed_vnd' as column_name, rows.disbursed_vnd__text as value, before.disbursed_vnd__text as expected,
    rows.disbursed_vnd >= before.disbursed_vnd as is_ok
from funding_sources as rows
inner join funding_sources_before as before using (submission_id, source_code, plan_year)
"""
BY = {"decided_by": "Bà B", "reason": "hết hạn"}


def send(office: Any, folder: Path, name: str, period_id: str, billions: int, month: int) -> None:
    rows = [{"assigned_vnd": 9 * BILLION, "disbursed_vnd": billions * BILLION}]
    path = office.write(folder / name, period_id, rows, report_number=name)
    office.receive(path, datetime(2023, month, 20, 2, tzinfo=UTC))
    office.take_in()


def test_another_rule_book_waits_until_a_closed_period_is_reopened(
    office: Any, tmp_path: Path, rule_book: Callable[..., None]
) -> None:
    send(office, tmp_path, "q1.xlsx", "2023Q1", 3, month=3)
    office.judge()
    before = office.rows("verdicts")
    record_decision(office.settings, Kind.CLOSED, "2023Q1", **BY)
    rule_book("too_much", TOO_MUCH, severity="error")
    assert office.waiting() == ()
    assert office.judge() == 0
    assert office.rows("verdicts") == before
    record_decision(office.settings, Kind.REOPENED, "2023Q1", reporting_unit_id="850", **BY)
    assert office.waiting() == ()  # another unit's
    record_decision(office.settings, Kind.REOPENED, "2023Q1", reporting_unit_id="849", **BY)
    assert office.judge() == 1
    assert len(office.found("q1.xlsx", "too_much")) == 1


def test_an_earlier_period_corrected_leaves_the_verdicts_of_a_later_closed_one(
    office: Any, tmp_path: Path, rule_book: Callable[..., None]
) -> None:
    rule_book("falls", FALLS)
    send(office, tmp_path, "q1.xlsx", "2023Q1", 3, month=3)
    send(office, tmp_path, "m06.xlsx", "2023M06", 2, month=6)
    office.judge()
    assert len(office.found("m06.xlsx", "falls")) == 1
    record_decision(office.settings, Kind.CLOSED, "2023M06", **BY)
    send(office, tmp_path, "q1 again.xlsx", "2023Q1", 1, month=7)
    office.judge()
    assert len(office.found("m06.xlsx", "falls")) == 1
    assert office.waiting() == ()
    record_decision(office.settings, Kind.REOPENED, "2023M06", **BY)
    office.judge()
    assert office.found("m06.xlsx", "falls") == []


def day(number: int) -> datetime:
    return datetime(2023, 4, number, 2, tzinfo=UTC)


def decided(kind: Kind, at: datetime, unit: str | None = None) -> Decision:
    return Decision(f"{kind} {at}", kind, "2023Q1", unit, (), "Bà B", "hết hạn", at)


CLOSED, REOPENED = decided(Kind.CLOSED, day(10)), decided(Kind.REOPENED, day(20), "849")


@pytest.mark.parametrize(
    ("received", "recorded", "known"),
    [
        (day(5), day(6), day(5)),  # in time: the channel's moment
        (day(5), day(9), day(5)),
        (day(5), day(21), day(21)),  # dated before the lock, but not there when it fell
        (day(15), day(21), day(21)),  # dated in the lock
        (day(20), day(21), day(20)),  # after the reopening
        (day(29), day(21), day(21)),  # dated ahead
    ],
)
def test_a_file_is_known_from_its_moment_as_far_as_a_lock_lets_it_be_true(
    received: datetime, recorded: datetime, known: datetime
) -> None:
    receipt = Receipt("r", "a.xlsx", "849/a.xlsx", received, recorded)
    assert known_from(receipt, (CLOSED, REOPENED), "2023Q1", "849") == known


def test_a_lock_of_another_period_or_unit_moves_no_moment() -> None:
    receipt = Receipt("r", "a.xlsx", "849/a.xlsx", day(5), day(21))
    assert known_from(receipt, (CLOSED,), "2023M06", "849") == day(5)
    other = decided(Kind.CLOSED, day(10), "850")
    assert known_from(receipt, (other,), "2023Q1", "849") == day(5)
