"""The jobs: intake (what came, and what is it), the build over a range of periods, and what is printed of one."""

import dagster as dg

from orchestration.defs.feedback.assets import FEEDBACK
from orchestration.defs.intake.assets import RECEIPTS, SUBMISSIONS
from orchestration.defs.printed.assets import BULLETIN
from orchestration.partitions import REPORTING_PERIODS

RECEIVED = dg.AssetSelection.assets(RECEIPTS, SUBMISSIONS)
PRINTED = dg.AssetSelection.assets(BULLETIN)

# Steps in one process: a step costs seconds of imports in a process of its own, and the steps need the same ones.
intake = dg.define_asset_job(
    "intake",
    selection=RECEIVED | dg.AssetSelection.assets(FEEDBACK),
    executor_def=dg.in_process_executor,
    description="Receive the inbox, identify each workbook, judge and answer those that cannot be identified.",
)

period_build = dg.define_asset_job(
    "period_build",
    selection=dg.AssetSelection.all() - RECEIVED - PRINTED,
    partitions_def=REPORTING_PERIODS,
    executor_def=dg.in_process_executor,
    description="Read and judge what waits for a range of periods, answer the senders, build the marts, publish them.",
)

print_period = dg.define_asset_job(
    "print_period",
    selection=PRINTED,
    partitions_def=REPORTING_PERIODS,
    executor_def=dg.in_process_executor,
    description="Print what leaders read of a closed period; its first printing builds the snapshot of the lock.",
)
