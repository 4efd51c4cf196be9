"""The two jobs: intake (what came, and what is it), and the build over a range of periods."""

import dagster as dg

from orchestration.defs.intake.assets import RECEIPTS, SUBMISSIONS
from orchestration.partitions import REPORTING_PERIODS

INTAKE = dg.AssetSelection.assets(RECEIPTS, SUBMISSIONS)

# Steps in one process: a step costs seconds of imports in a process of its own, and the steps need the same ones.
intake = dg.define_asset_job(
    "intake",
    selection=INTAKE,
    executor_def=dg.in_process_executor,
    description="Receive the inbox, identify each workbook, judge those that cannot be identified.",
)

period_build = dg.define_asset_job(
    "period_build",
    selection=dg.AssetSelection.all() - INTAKE,
    partitions_def=REPORTING_PERIODS,
    executor_def=dg.in_process_executor,
    description="Read and judge what waits for a range of periods, build the marts, publish them.",
)
