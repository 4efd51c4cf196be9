"""Which periods have news since the warehouse was built, by the ledger alone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest import ledger
from ingest.settings import Settings, load_settings
from publish.touched import expected_by_period, ledger_files, touched_periods

JUDGED = datetime(2023, 4, 1, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A ledger with one submission for the first quarter of 2023 and one whose period nobody knows."""
    settings = load_settings({"NTM_DATA_DIR": str(tmp_path), "NTM_NOW": "2023-04-12T08:00:00+07:00"})
    identified = {"reporting_unit_id": "851", "reporting_period_id": "2023Q1", "outcome": "identified"}
    submissions = [{"submission_id": "one", **identified}, {"submission_id": "nobody", "outcome": "unidentified"}]
    ledger.commit(settings.ledger_dir, "submissions", submissions)
    return settings


def news(settings: Settings, table: str, **row: object) -> tuple[str, ...] | None:
    """What is touched by one row that came after a build."""
    before = ledger_files(settings), expected_by_period(settings)
    ledger.commit(settings.ledger_dir, table, [row])
    return touched_periods(settings, *before)


def test_nothing_new_touches_nothing(settings: Settings) -> None:
    assert touched_periods(settings, ledger_files(settings), expected_by_period(settings)) == ()


def test_a_verdict_touches_the_period_of_its_submission(settings: Settings) -> None:
    assert news(settings, "verdicts", submission_id="one", judgement_id="a", judged_at=JUDGED) == ("2023Q1",)


def test_a_decision_touches_its_period(settings: Settings) -> None:
    assert news(settings, "decisions", decision_id="d", kind="closed", reporting_period_id="2022Y") == ("2022Y",)


def test_a_verdict_on_what_is_of_no_period_touches_none(settings: Settings) -> None:
    assert news(settings, "verdicts", submission_id="nobody", judgement_id="b", judged_at=JUDGED) == ()


@pytest.mark.parametrize(
    ("table", "row"),
    [("decisions", {"decision_id": "d", "kind": "closed"}), ("verdicts", {"submission_id": "unknown"})],
)
def test_news_that_no_period_can_be_named_for_may_touch_any(
    settings: Settings, table: str, row: dict[str, object]
) -> None:
    assert news(settings, table, **row) is None


def test_a_ledger_that_lost_a_file_is_not_the_one_that_was_built_from(settings: Settings) -> None:
    assert touched_periods(settings, [*ledger_files(settings), "verdicts/gone.parquet"], {}) is None


def test_a_period_that_is_expected_by_now_is_touched(settings: Settings, tmp_path: Path) -> None:
    before = expected_by_period(settings)
    later = load_settings({"NTM_DATA_DIR": str(tmp_path), "NTM_NOW": "2023-07-01T08:00:00+07:00"})
    assert "2023Q1" in before
    assert touched_periods(later, ledger_files(settings), before) == ("2023M06",)
