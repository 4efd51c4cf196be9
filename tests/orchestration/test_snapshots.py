"""What is printed of a period comes from its lock; of an open one only a draft, and only where it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.decisions import Kind, record_decision
from ingest.settings import Settings, load_settings
from orchestration.snapshots import snapshot_of
from orchestration.usage import WrongUsage

PERIOD = "2023Q1"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({"NTM_DATA_DIR": str(tmp_path), "NTM_NOW": "2023-04-12T08:00:00+07:00"})


def test_an_open_period_is_refused_by_name(settings: Settings) -> None:
    with pytest.raises(WrongUsage, match=r"2023Q1 is not closed.*--draft"):
        snapshot_of(settings, PERIOD)


def test_a_draft_needs_a_published_build(settings: Settings) -> None:
    with pytest.raises(WrongUsage, match="Nothing is published yet"):
        snapshot_of(settings, PERIOD, draft=True)


def test_a_unit_that_is_open_again_keeps_the_period_from_being_locked(settings: Settings) -> None:
    record_decision(settings, Kind.CLOSED, PERIOD, decided_by="Chánh Văn phòng", reason="khóa sổ")
    record_decision(
        settings, Kind.REOPENED, PERIOD, decided_by="Chánh Văn phòng", reason="sai số liệu", reporting_unit_id="849"
    )
    with pytest.raises(WrongUsage, match=r"2023Q1 is open again for Huyện Trà Cú"):
        snapshot_of(settings, PERIOD)
