"""The inbox sensor: asks for intake when files wait, for one build over what they touch, and for nothing twice."""

import uuid
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from ingest.settings import load_settings
from ingest.template import write_workbook
from orchestration.plan import RANGE_END, RANGE_START


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NTM_DATA_DIR", str(tmp_path))
    return tmp_path


def tick(*runs: dg.DagsterRun) -> list[Any]:
    """One evaluation beside an instance that knows these runs."""
    from orchestration.defs.intake.sensors import inbox_sensor

    with dg.DagsterInstance.ephemeral() as instance:
        for run in runs:
            instance.add_run(run)
        return list(inbox_sensor(dg.build_sensor_context(instance=instance)))  # type: ignore[call-overload]


def a_run(job_name: str, status: dg.DagsterRunStatus, run_key: str = "earlier") -> dg.DagsterRun:
    return dg.DagsterRun(job_name=job_name, run_id=str(uuid.uuid4()), status=status, tags={"dagster/run_key": run_key})


def send(data_dir: Path, unit: str, period: str) -> None:
    inbox = data_dir / "inbox" / unit
    inbox.mkdir(parents=True, exist_ok=True)
    write_workbook(inbox / f"{period}.xlsx", reporting_unit_id=unit, reporting_period_id=period)


def intake_by_hand() -> None:
    from ingest.reading import identify_pending
    from ingest.receive import receive_inbox

    receive_inbox(load_settings(), "run-1")
    identify_pending(load_settings(), "run-1")


def test_an_empty_inbox_starts_nothing(data_dir: Path) -> None:
    (answer,) = tick()
    assert isinstance(answer, dg.SkipReason)


def test_new_files_start_intake_under_a_name_of_their_own(data_dir: Path) -> None:
    send(data_dir, "851", "2023Q1")
    (first,), (again,) = tick(), tick()
    assert (first.job_name, first.run_key) == ("intake", again.run_key)
    send(data_dir, "850", "2023Q1")
    (other,) = tick()
    assert other.job_name == "intake"
    assert other.run_key != first.run_key


def test_what_was_received_and_not_identified_starts_intake_again(data_dir: Path) -> None:
    from ingest.receive import receive_inbox

    send(data_dir, "851", "2023Q1")
    receive_inbox(load_settings(), "killed")
    (answer,) = tick()
    assert answer.job_name == "intake"


def test_identified_workbooks_start_one_build_over_their_periods(data_dir: Path) -> None:
    send(data_dir, "851", "2023Q1")
    send(data_dir, "851", "2023M09")
    intake_by_hand()
    (answer,), (again,) = tick(), tick()
    assert answer.job_name == "period_build"
    assert (answer.tags[RANGE_START], answer.tags[RANGE_END]) == ("2023Q1", "2023M09")
    assert answer.run_key == again.run_key


@pytest.mark.parametrize("status", [dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTED])
@pytest.mark.parametrize("job_name", ["intake", "period_build"])
def test_nothing_is_asked_for_while_a_run_is_under_way(
    data_dir: Path, job_name: str, status: dg.DagsterRunStatus
) -> None:
    send(data_dir, "851", "2023Q1")
    (answer,) = tick(a_run(job_name, status))
    assert isinstance(answer, dg.SkipReason)
    (answer,) = tick(a_run(job_name, dg.DagsterRunStatus.SUCCESS))
    assert answer.job_name == "intake"


def test_a_file_that_intake_could_not_take_does_not_hold_up_the_others(data_dir: Path) -> None:
    send(data_dir, "851", "2023Q1")
    intake_by_hand()
    send(data_dir, "850", "2023Q1")
    (asked,) = tick()
    (answer,) = tick(a_run("intake", dg.DagsterRunStatus.SUCCESS, asked.run_key))
    assert (asked.job_name, answer.job_name) == ("intake", "period_build")
