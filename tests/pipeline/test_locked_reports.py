"""A table of a closed period comes from its lock: no draft, its own snapshot, traced there; reopened, it is refused."""

from __future__ import annotations

import shlex
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingest.decisions import Kind, record_decision
from ingest.settings import Settings
from orchestration.snapshots import settings_of_snapshot, snapshot_of
from orchestration.usage import WrongUsage
from publish.build import current_build
from publish.report.book import SOURCES, write_report
from publish.snapshot import DRAFT_VI, Snapshot
from publish.trace import Tracer

pytestmark = pytest.mark.slow

PERIOD = "2026Q1"


@pytest.fixture(scope="module")
def closed(sample: Any, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The sample's data folder, copied without what is already taken in, with one period closed."""
    folder = tmp_path_factory.mktemp("closed") / "data"
    shutil.copytree(
        sample.settings.data_dir, folder, symlinks=True, ignore=shutil.ignore_patterns("inbox", "truth", "feedback")
    )
    settings = replace(sample.settings, data_dir=folder, inbox=str(folder / "inbox"))
    record_decision(settings, Kind.CLOSED, PERIOD, decided_by="Chánh Văn phòng", reason="khóa sổ")
    return settings


def told(path: Path) -> list[tuple[Any, ...]]:
    """Cells and exact values of every figure."""
    rows = openpyxl.load_workbook(path)[SOURCES].iter_rows(min_row=4, values_only=True)
    return [(row[1], row[2], row[5]) for row in rows if row[0] is not None]


def test_a_closed_period_is_printed_from_its_lock_until_it_is_opened_again(closed: Settings, tmp_path: Path) -> None:
    snapshot = snapshot_of(closed, PERIOD)
    locked = write_report(snapshot, tmp_path / "locked")
    again = write_report(snapshot_of(closed, PERIOD), tmp_path / "again")
    current = current_build(closed)
    assert current is not None
    draft = write_report(Snapshot(PERIOD, current, None), tmp_path / "draft")
    assert (again.snapshot_id, told(again.path)) == (locked.snapshot_id, told(locked.path))
    # Nothing has come since the lock, so the draft says the same, and says that it is one.
    assert told(locked.path) == told(draft.path)

    book = openpyxl.load_workbook(locked.path)
    for sheet in book.worksheets:
        texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert not any(DRAFT_VI in text for text in texts)
        assert any(snapshot.snapshot_id in text for text in texts)
    commands = [row[8] for row in book[SOURCES].iter_rows(min_row=4, values_only=True) if row[8]]
    assert all(f"--snapshot {PERIOD}" in command for command in commands)
    words = shlex.split(
        next(command for command in commands if "fct_criterion_status" in command and ";" not in command)
    )
    keys = dict(word.split("=", 1) for word in words[3:] if "=" in word)
    assert Tracer(settings_of_snapshot(closed, PERIOD)).trace(words[2], keys, 1000)

    later = replace(closed, now=closed.now.replace(hour=closed.now.hour + 1))
    record_decision(
        later, Kind.REOPENED, PERIOD, decided_by="Chánh Văn phòng", reason="sai số", reporting_unit_id="29302"
    )
    with pytest.raises(WrongUsage, match="2026Q1 is open again for Xã Nhị Long"):
        snapshot_of(later, PERIOD)
