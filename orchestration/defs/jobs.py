"""The two jobs: intake (what came, and what is it), and the build over a range of periods."""

import dagster as dg

from orchestration.defs.feedback.assets import FEEDBACK
from orchestration.defs.intake.assets import RECEIPTS, SUBMISSIONS
from orchestration.partitions import REPORTING_PERIODS

RECEIVED = dg.AssetSelection.assets(RECEIPTS, SUBMISSIONS)

# Steps in one process: a step costs seconds of imports in a process of its own, and the steps need the same ones.
intake = dg.define_asset_job(
    "intake",
    selection=RECEIVED | dg.AssetSelection.assets(FEEDBACK),
    executor_def=dg.in_process_executor,
    description="Receive the inbox, identify each workbook, judge and answer those that cannot be identified.",
)

period_build = dg.define_asset_job(
    "period_build",
    selection=dg.AssetSelection.all() - RECEIVED,
    partitions_def=REPORTING_PERIODS,
    executor_def=dg.in_process_executor,
    description="Read and judge what waits for a range of periods, answer the senders, build the marts, publish them.",
)
