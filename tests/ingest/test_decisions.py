"""Decisions of the office are kept in order and say what is closed at a moment."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ingest import ledger
from ingest.decisions import Kind, load_decisions, lock_state, record_decision
from ingest.receive import receive_inbox
from ingest.settings import Settings, load_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "inbox").mkdir()
    return load_settings({"NTM_DATA_DIR": str(tmp_path), "NTM_NOW": "2023-04-12T08:00:00"})


def test_a_decision_comes_back_as_it_was_recorded(settings: Settings) -> None:
    made = record_decision(
        settings,
        Kind.APPROVED,
        "2023Q1",
        decided_by="A",
        reporting_unit_id="849",
        submission_ids=("b", "a"),
        reason="x",
    )
    assert load_decisions(settings) == (made,)
    assert (made.submission_ids, made.decided_at) == (("a", "b"), settings.now)


def test_the_latest_word_on_a_unit_counts(settings: Settings) -> None:
    def later(hours: int) -> Settings:
        return replace(settings, now=settings.now + timedelta(hours=hours))

    record_decision(later(0), Kind.CLOSED, "2023Q1", decided_by="A")
    record_decision(later(1), Kind.REOPENED, "2023Q1", decided_by="A", reporting_unit_id="849")
    decisions = load_decisions(settings)
    assert lock_state(decisions, "2023Q1", "849") is None
    assert lock_state(decisions, "2023Q1", "849", settings.now) is not None
    assert lock_state(decisions, "2023Q1", "849", settings.now - timedelta(hours=1)) is None
    assert lock_state(decisions, "2023Q1", "850") is not None
    assert lock_state(decisions, "2023M06", "850") is None


def test_where_the_clock_stands_still_order_is_kept(settings: Settings) -> None:
    def receive(name: str) -> datetime:
        (Path(settings.inbox) / name).write_text(name)
        receive_inbox(settings, name)
        rows = ledger.read(settings.ledger_dir, "receipts").to_pylist()
        moment: datetime = next(row["recorded_at"] for row in rows if row["file_name"] == name)
        return moment

    before = receive("before.xlsx")
    closed = record_decision(settings, Kind.CLOSED, "2023Q1", decided_by="A").decided_at
    during = receive("during.xlsx")
    reopened = record_decision(settings, Kind.REOPENED, "2023Q1", decided_by="A").decided_at
    after = receive("after.xlsx")
    assert before < closed < during < reopened < after
    decisions = load_decisions(settings)
    states = [lock_state(decisions, "2023Q1", "849", moment) is not None for moment in (before, during, after)]
    assert states == [False, True, False]
