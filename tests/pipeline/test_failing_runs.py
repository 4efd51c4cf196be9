"""A run that fails through our own fault: it names the step and the cause, publishes nothing, and can be repeated."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.archive import path_of
from ingest.ledger import read
from ingest.receive import receive_inbox
from ingest.settings import Settings
from orchestration.failures import OUR_FAILURE, explain
from orchestration.pipeline import PipelineFailed, run_pipeline
from publish.build import current_build

pytestmark = pytest.mark.slow


def test_a_file_lost_from_the_archive_stops_the_run(
    tmp_path: Path, settings_in: Callable[[Path], Settings], send: Callable[..., Path]
) -> None:
    settings = settings_in(tmp_path / "data")
    send(settings, "851/sent.xlsx", "2023-03-20T09:00:00+07:00", unit="851")
    receive_inbox(settings, "run-1")
    (receipt,) = read(settings.ledger_dir, "receipts").to_pylist()
    path_of(settings.archive_dir, receipt["sha256"]).unlink()
    with pytest.raises(PipelineFailed, match=r"every_receipt_is_archived.*sent\.xlsx") as failure:
        run_pipeline(settings)
    code, message = explain(failure.value)
    assert code == OUR_FAILURE
    assert "No marts were changed" in message
    assert current_build(settings) is None
