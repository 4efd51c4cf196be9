"""Intake: what was received, and what each cover says it is. Not partitioned: a file's period is inside the file."""

import dagster as dg

from orchestration.resources import NtmSettings

RECEIPTS, SUBMISSIONS = dg.AssetKey(["ledger", "receipts"]), dg.AssetKey(["ledger", "submissions"])


@dg.asset(key=RECEIPTS, group_name="inbox", kinds={"parquet"}, owners=["team:ntm-data"])
def receipts(context: dg.AssetExecutionContext, ntm: NtmSettings) -> dg.MaterializeResult[None]:
    """Every file seen in the inbox, archived under its content. Grain: one file at one moment."""
    from ingest.receive import receive_inbox

    summary = receive_inbox(ntm.load(), context.run_id)
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": summary.known + summary.receipts,
            "files_seen": summary.seen,
            "files_new": summary.receipts,
            "contents_new": summary.new_submissions,
            "skipped": [f"{skipped.channel_path}: {skipped.reason}" for skipped in summary.skipped],
        }
    )


@dg.asset(
    key=SUBMISSIONS,
    deps=[RECEIPTS, ["reference", "reporting_units"], ["reference", "reporting_periods"]],
    group_name="inbox",
    kinds={"parquet"},
    owners=["team:ntm-data"],
)
def submissions(context: dg.AssetExecutionContext, ntm: NtmSettings) -> dg.MaterializeResult[None]:
    """What each received workbook says it is: unit, period, template. Grain: submission and parse.

    A workbook that does not say gets its verdict here, as no period can be asked for it.
    """
    from expectations.judge import judge_unidentified
    from ingest import ledger
    from ingest.reading import identify_pending

    settings = ntm.load()
    identify_pending(settings, context.run_id)
    judge_unidentified(settings, context.run_id)
    outcomes = ledger.read(settings.ledger_dir, "submissions").column("outcome").to_pylist()
    counts = {outcome: outcomes.count(outcome) for outcome in sorted(set(outcomes))}
    return dg.MaterializeResult(metadata={"dagster/row_count": len(outcomes), **counts})
