"""A rehearsal finds what judging would find, and keeps nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from expectations.catalogue import rule
from expectations.rehearsal import CannotRehearse, rehearse
from ingest.settings import OFFICE_TIME_ZONE

RuleBook = Callable[..., None]
BILLION = Decimal(1_000_000_000)
HIGH = """
select submission_id, 'funding_sources' as form, sheet, disbursed_vnd__cell as cell, row_id,
    'disbursed_vnd' as column_name, disbursed_vnd__text as value, '≤ 1000' as expected,
    disbursed_vnd <= 1000000000 as is_ok
from funding_sources
where disbursed_vnd is not null
"""
FALLS = """
select rows.submission_id, 'funding_sources' as form, rows.sheet, rows.disbursed_vnd__cell as cell, rows.row_id,
    'disbursed_vnd' as column_name, rows.disbursed_vnd__text as value, before.before_period_id as expected,
    rows.disbursed_vnd >= before.disbursed_vnd as is_ok
from funding_sources as rows
inner join funding_sources_before as before using (submission_id, source_code, plan_year)
"""


@pytest.fixture
def stored(office: Any, tmp_path: Path) -> Any:
    """A superseded, a current and a rejected report, and one of the next period, all judged."""
    sent = {
        "old.xlsx": ("2023Q1", 8, datetime(2023, 3, 18, tzinfo=OFFICE_TIME_ZONE)),
        "current.xlsx": ("2023Q1", 3, datetime(2023, 3, 20, tzinfo=OFFICE_TIME_ZONE)),
        "early.xlsx": ("2023Q1", 5, datetime(2023, 1, 5, tzinfo=OFFICE_TIME_ZONE)),
        "next.xlsx": ("2023M06", 1, datetime(2023, 6, 20, tzinfo=OFFICE_TIME_ZONE)),
    }
    for name, (period_id, billions, received_at) in sent.items():
        rows = [{"assigned_vnd": 9 * BILLION, "disbursed_vnd": billions * BILLION}]
        office.receive(office.write(tmp_path / name, period_id, rows), received_at)
    office.take_in()
    office.judge()
    assert {name: one.status.is_accepted for name, one in office.verdicts().items()} == {
        "old.xlsx": True,
        "current.xlsx": True,
        "early.xlsx": False,
        "next.xlsx": True,
    }
    return office


def test_a_rule_not_yet_in_force_shows_what_it_would_hit(stored: Any, rule_book: RuleBook) -> None:
    before = {table: stored.rows(table) for table in ("verdicts", "findings")}
    rule_book("too_high", HIGH, severity="error", in_force_from="2026Q1")
    found = rehearse(rule("too_high"), stored.settings)
    assert [(hit.file_name, hit.count, hit.first_cells) for hit in found.hits] == [
        ("early.xlsx", 1, ("05. Nguồn lực!M10",)),
        ("current.xlsx", 1, ("05. Nguồn lực!M10",)),
    ]
    assert (found.judged, found.changed) == (3, 1)
    assert [hit.status_then.value for hit in found.hits] == ["rejected", "accepted_with_quarantine"]
    assert {table: stored.rows(table) for table in before} == before
    assert [hit.file_name for hit in rehearse(rule("too_high"), stored.settings, ["2023M06"]).hits] == []


@pytest.mark.parametrize(("rule_id", "sql"), [("too_high", HIGH), ("falls", FALLS), ("value_required", None)])
def test_a_rehearsal_finds_what_judging_finds(stored: Any, rule_book: RuleBook, rule_id: str, sql: str | None) -> None:
    if sql is not None:
        rule_book(rule_id, sql)
    rehearsed = {hit.file_name: hit for hit in rehearse(rule(rule_id), stored.settings).hits}
    stored.judge()
    judged = {name: tuple(stored.found(name, rule_id)) for name in ("current.xlsx", "early.xlsx", "next.xlsx")}
    assert {name: hit.findings for name, hit in rehearsed.items()} == {
        name: findings for name, findings in judged.items() if findings
    }
    for name, hit in rehearsed.items():
        assert hit.status_then is stored.verdicts()[name].status
    assert rehearsed or rule_id == "value_required"


def test_a_rule_of_ingest_cannot_be_rehearsed(office: Any) -> None:
    with pytest.raises(CannotRehearse, match="while a workbook is read"):
        rehearse(rule("form_missing"), office.settings)
