"""The inbox sensor: new files start intake, and what intake identified starts one build over the periods it touched."""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.jobs import intake, period_build

RUN_KEY_TAG = "dagster/run_key"
UNDER_WAY = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


@dg.sensor(jobs=[intake, period_build], minimum_interval_seconds=30, default_status=dg.DefaultSensorStatus.STOPPED)
def inbox_sensor(context: dg.SensorEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """State is in the ledger, not in the cursor: a tick that is lost or repeated asks for the same runs by name.

    While a run is under way the ledger moves, so nothing is asked for until it has ended.
    """
    from ingest.settings import load_settings
    from orchestration.inbox import waiting_for_intake
    from orchestration.plan import plan_build, run_key

    if at_work := _under_way(context.instance):
        yield dg.SkipReason(f"A run of {at_work} is under way.")
        return
    settings = load_settings()
    waiting = waiting_for_intake(settings)
    # What is left after an intake of this very name (a file that cannot be opened) must not hold up the others.
    if waiting and not _has_run(context.instance, intake_key := f"intake-{waiting.key}"):
        yield dg.RunRequest(job_name=intake.name, run_key=intake_key, tags={"files": str(len(waiting.files))})
        return  # which periods they touch is known once intake is done; the next tick sees it
    plan = plan_build(settings)
    if plan is None:
        yield dg.SkipReason("Nothing new in the inbox, and the marts are up to date.")
        return
    yield dg.RunRequest(
        job_name=period_build.name,
        run_key=f"build-{run_key(settings, plan)}",
        tags={**plan.tags, "periods": " ".join(plan.periods), "reason": plan.reason},
    )


def _under_way(instance: dg.DagsterInstance) -> str | None:
    """The job of a run of ours that is queued or running."""
    for job in (intake, period_build):
        if instance.get_runs(dg.RunsFilter(job_name=job.name, statuses=UNDER_WAY), limit=1):
            return job.name
    return None


def _has_run(instance: dg.DagsterInstance, run_key: str) -> bool:
    return bool(instance.get_runs(dg.RunsFilter(tags={RUN_KEY_TAG: run_key}), limit=1))
