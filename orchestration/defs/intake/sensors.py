"""The inbox sensor: new files start intake, and what intake identified starts one build over the periods it touched."""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.jobs import intake, period_build


@dg.sensor(jobs=[intake, period_build], minimum_interval_seconds=30, default_status=dg.DefaultSensorStatus.STOPPED)
def inbox_sensor(context: dg.SensorEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """State is in the ledger, not in the cursor: a tick that is lost or repeated asks for the same runs by name."""
    from ingest.settings import load_settings
    from orchestration.inbox import waiting_for_intake
    from orchestration.plan import plan_build, run_key

    settings = load_settings()
    if waiting := waiting_for_intake(settings):
        tags = {"files": str(len(waiting.files))}
        yield dg.RunRequest(job_name=intake.name, run_key=f"intake-{waiting.key}", tags=tags)
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
