"""The pipeline: both Dagster jobs in this process, one after the other, when there is something to do.

Belongs here: what `ntm run` and `ntm demo` execute, and what they report. The jobs are the daemon's own; nothing is
done here that they do not do. Does not belong here: printing (summary.py), deciding (plan.py).
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expectations.answer.feedback import feedback_waits
from ingest import ledger
from ingest.settings import Settings
from orchestration.inbox import waiting_for_intake
from orchestration.lock import one_writer
from orchestration.plan import Plan, plan_build
from publish.build import Build, current_build

if TYPE_CHECKING:
    import dagster as dg


class PipelineFailed(RuntimeError):
    """A step of the system failed (never: a workbook was bad). `step` is the asset or check, the message its cause."""

    def __init__(self, step: str, message: str) -> None:
        super().__init__(f"{step}: {message}")
        self.step = step


@dataclass(frozen=True)
class RunReport:
    """What a run did. `plan` is None where the marts already said everything; `build` None before the first marts."""

    run_ids: tuple[str, ...]
    files_received: int
    plan: Plan | None
    build: Build | None
    seconds: float

    @property
    def did_work(self) -> bool:
        return self.files_received > 0 or self.plan is not None


def run_pipeline(settings: Settings, periods: Collection[str] | None = None) -> RunReport:
    """Receive the inbox, then read, judge, build and publish what waits; where nothing does, change nothing.

    `periods` narrows reading and judging; everything is received in any case. Raises AnotherRunIsAtWork,
    PipelineFailed.
    """
    started = time.perf_counter()
    with one_writer(settings):
        before, plan = _receipt_count(settings), plan_build(settings, periods)
        run_ids = []
        # Asked first, as an answer of "nothing" takes no import of Dagster.
        if waiting_for_intake(settings) or plan is not None or feedback_waits(settings):
            with _instance() as instance:
                run_ids.append(_execute("intake", settings, instance, {}))
                plan = plan_build(settings, periods)
                if plan is not None:
                    run_ids.append(_execute("period_build", settings, instance, plan.tags))
        return RunReport(
            run_ids=tuple(run_ids),
            files_received=_receipt_count(settings) - before,
            plan=plan,
            build=current_build(settings),
            seconds=time.perf_counter() - started,
        )


def _execute(job_name: str, settings: Settings, instance: dg.DagsterInstance, tags: dict[str, str]) -> str:
    from orchestration.definitions import defs
    from orchestration.resources import NtmSettings

    job = defs().resolve_job_def(job_name)
    result = job.execute_in_process(
        instance=instance,
        tags=tags,
        resources={"ntm": NtmSettings.of(settings)},
        run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        raise_on_error=False,
    )
    if not result.success:
        raise _failure_of(result)
    return result.run_id


def _failure_of(result: dg.ExecuteInProcessResult) -> PipelineFailed:
    """The first thing that failed, with the cause that a person can act on rather than Dagster's frame around it."""
    for check in result.get_asset_check_evaluations():
        if check.blocking and not check.passed:
            about = ", ".join(f"{name} {value.value}" for name, value in check.metadata.items())
            return PipelineFailed(check.check_name, f"the check does not hold: {about}")
    for event in result.all_events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            while error is not None and error.cause is not None:
                error = error.cause
            said = event.step_failure_data.user_failure_data
            message = (said.description if said else None) or (error.message if error else None) or "failed"
            return PipelineFailed(event.step_key or "step", message.strip())
    return PipelineFailed(result.job_def.name, "failed")


@contextmanager
def _instance() -> Iterator[dg.DagsterInstance]:
    """The office's Dagster instance where DAGSTER_HOME names one, for its history; else a fleeting one."""
    import dagster as dg

    if os.environ.get("DAGSTER_HOME"):
        with dg.DagsterInstance.get() as instance:
            yield instance
    else:
        with dg.DagsterInstance.ephemeral() as instance:
            yield instance


def _receipt_count(settings: Settings) -> int:
    return int(ledger.read(settings.ledger_dir, "receipts").num_rows)
