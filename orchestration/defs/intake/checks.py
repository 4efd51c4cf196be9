"""Checks of intake."""

import dagster as dg

from orchestration import invariants
from orchestration.defs.intake.assets import RECEIPTS
from orchestration.resources import NtmSettings


@dg.asset_check(asset=RECEIPTS, blocking=True)
def every_receipt_is_archived(ntm: NtmSettings) -> dg.AssetCheckResult:
    """The bytes of every received file lie in the archive."""
    answer = invariants.receipts_not_archived(ntm.load())
    return dg.AssetCheckResult(
        passed=answer.holds, metadata={"missing": answer.count, "examples": list(answer.examples)}
    )
