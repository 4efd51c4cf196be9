"""Nightly: whatever a day has missed is received and built before the office opens."""

import dagster as dg

from orchestration.defs.jobs import intake, period_build

OFFICE_TIME = "Asia/Ho_Chi_Minh"

nightly_intake = dg.ScheduleDefinition(
    name="nightly_intake",
    job=intake,
    cron_schedule="0 1 * * *",
    execution_timezone=OFFICE_TIME,
    description="Receive the inbox every night, for files that arrived while the sensor was off.",
)


@dg.schedule(job=period_build, cron_schedule="0 2 * * *", execution_timezone=OFFICE_TIME)
def nightly_build(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Every night one build over the periods with work waiting; a build that failed by day is tried again."""
    from ingest.settings import load_settings
    from orchestration.plan import plan_build

    plan = plan_build(load_settings())
    if plan is None:
        return dg.SkipReason("The marts are up to date.")
    return dg.RunRequest(tags={**plan.tags, "periods": " ".join(plan.periods), "reason": plan.reason})
