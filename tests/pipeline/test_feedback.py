"""What `ntm run` tells the senders: every file is answered, by the job that judged it."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from ingest.settings import Settings
from ingest.template import write_workbook
from orchestration.pipeline import run_pipeline

RECEIVED = datetime(2023, 3, 22, 2, tzinfo=UTC).timestamp()


def test_intake_answers_what_it_cannot_identify_and_nothing_is_answered_twice(
    tmp_path: Path, settings_in: Callable[[Path], Settings]
) -> None:
    settings = settings_in(tmp_path)
    bad = Path(settings.inbox) / "849" / "ảnh.xlsx"
    bad.parent.mkdir(parents=True)
    bad.write_bytes(b"%PDF-1.4")
    run_pipeline(settings)
    answers = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "feedback").rglob("*.*")}
    assert len(answers) == 2
    assert not run_pipeline(settings).did_work
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "feedback").rglob("*.*")} == answers


def test_the_build_answers_what_it_judged_and_a_lost_answer_comes_back(
    tmp_path: Path, settings_in: Callable[[Path], Settings]
) -> None:
    settings = settings_in(tmp_path)
    sent = Path(settings.inbox) / "849" / "báo cáo.xlsx"
    sent.parent.mkdir(parents=True)
    write_workbook(sent, reporting_unit_id="849", reporting_period_id="2023Q1")
    os.utime(sent, (RECEIVED, RECEIVED))
    run_pipeline(settings)
    (page,) = (tmp_path / "feedback" / "849" / "2023Q1").glob("*.xac-nhan.html")
    page.unlink()
    run_pipeline(settings)
    assert page.exists()
