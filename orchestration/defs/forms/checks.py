"""Checks of landing and verdicts: our own invariants stop the build, what senders typed is a warning."""

import dagster as dg

from orchestration import invariants
from orchestration.defs.forms.assets import FINDINGS, READING_PARTS, VERDICTS
from orchestration.partitions import REPORTING_PERIODS
from orchestration.resources import NtmSettings


@dg.asset_check(asset=READING_PARTS, blocking=True, partitions_def=REPORTING_PERIODS)
def every_row_sent_is_landed(context: dg.AssetCheckExecutionContext, ntm: NtmSettings) -> dg.AssetCheckResult:
    """Each form of each committed reading has as many landed rows as the reader says were sent."""
    return _invariant(invariants.landed_rows_missing(ntm.load(), tuple(context.partition_keys)))


@dg.asset_check(asset=VERDICTS, blocking=True, partitions_def=REPORTING_PERIODS)
def every_reading_has_a_verdict(context: dg.AssetCheckExecutionContext, ntm: NtmSettings) -> dg.AssetCheckResult:
    """No committed reading of these periods is left unjudged."""
    return _invariant(invariants.readings_without_verdict(ntm.load(), tuple(context.partition_keys)))


@dg.asset_check(asset=VERDICTS, partitions_def=REPORTING_PERIODS)
def no_submission_is_rejected(context: dg.AssetCheckExecutionContext, ntm: NtmSettings) -> dg.AssetCheckResult:
    """Warns where a submission of these periods was turned back; its sender is told, and nothing here is broken."""
    counts = invariants.verdict_counts(ntm.load(), tuple(context.partition_keys))
    rejected = counts.get("rejected", 0) + counts.get("unreadable", 0)
    return dg.AssetCheckResult(passed=rejected == 0, severity=dg.AssetCheckSeverity.WARN, metadata={**counts})


@dg.asset_check(asset=FINDINGS, partitions_def=REPORTING_PERIODS)
def no_row_is_quarantined(context: dg.AssetCheckExecutionContext, ntm: NtmSettings) -> dg.AssetCheckResult:
    """Warns where findings of severity blocking or error keep figures of these periods out of the marts."""
    counts = invariants.finding_counts(ntm.load(), tuple(context.partition_keys))
    kept_out = counts.get("blocking", 0) + counts.get("error", 0)
    return dg.AssetCheckResult(passed=kept_out == 0, severity=dg.AssetCheckSeverity.WARN, metadata={**counts})


def _invariant(answer: invariants.Answer) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        passed=answer.holds,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={"broken": answer.count, "examples": list(answer.examples)},
    )
