"""Forms: workbooks read into landing, then judged. Partitioned by the reporting period they are for."""

from collections.abc import Iterator

import dagster as dg

from ingest import reference
from ingest.reading import PARSER_TABLES
from ingest.spec import load_specs
from orchestration import invariants
from orchestration.defs.intake.assets import SUBMISSIONS
from orchestration.partitions import ONE_RUN, REPORTING_PERIODS
from orchestration.resources import NtmSettings

READINGS, READING_PARTS, PROBLEMS, VERDICTS, FINDINGS = (
    dg.AssetKey(["ledger", table]) for table in ("readings", "reading_parts", "problems", "verdicts", "findings")
)
OF_THE_OFFICE = [dg.AssetKey(["ledger", table]) for table in ("decisions", "waivers")]
LANDED = {spec.form: dg.AssetKey(["landing", spec.form]) for spec in load_specs().values()}
READ_FROM = [SUBMISSIONS, *(dg.AssetKey(["reference", table]) for table in PARSER_TABLES)]
# Rules are offered every reference table (expectations/evidence.py).
JUDGED_FROM = [
    *(*LANDED.values(), READINGS, READING_PARTS, PROBLEMS, *OF_THE_OFFICE),
    *(dg.AssetKey(["reference", table]) for table in reference.table_names()),
]


def _spec(key: dg.AssetKey, group: str, deps: list[dg.AssetKey], description: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        key, deps=deps, group_name=group, description=description, kinds={"parquet"}, owners=["team:ntm-data"]
    )


@dg.multi_asset(
    name="landed_forms",
    specs=[
        *(
            _spec(LANDED[form.form], "landing", READ_FROM, f"{form.title_vi}: {form.grain}")
            for form in load_specs().values()
        ),
        _spec(READINGS, "landing", READ_FROM, "one pass of the reader over one submission"),
        _spec(READING_PARTS, "landing", READ_FROM, "one reading and form: present, nil or missing, rows sent"),
        _spec(PROBLEMS, "landing", READ_FROM, "what the reader could not make out, by cell"),
    ],
    partitions_def=REPORTING_PERIODS,
    backfill_policy=ONE_RUN,
)
def landed_forms(context: dg.AssetExecutionContext, ntm: NtmSettings) -> Iterator[dg.MaterializeResult[None]]:
    """Every cell of every form, with its typed value, its text and its address. What is landed is not landed again."""
    from ingest.reading import read_pending

    settings, periods = ntm.load(), tuple(context.partition_keys)
    read_pending(settings, context.run_id, list(periods))
    rows = invariants.row_counts(settings, periods)
    for form, key in LANDED.items():
        yield dg.MaterializeResult(asset_key=key, metadata={"rows_sent": rows.get(form, 0)})
    for key in (READINGS, READING_PARTS, PROBLEMS):
        yield dg.MaterializeResult(asset_key=key)


@dg.multi_asset(
    name="judged_submissions",
    specs=[
        _spec(VERDICTS, "audit", JUDGED_FROM, "one judgement of one reading"),
        _spec(FINDINGS, "audit", JUDGED_FROM, "one finding, on its cell"),
    ],
    partitions_def=REPORTING_PERIODS,
    backfill_policy=ONE_RUN,
)
def judged_submissions(context: dg.AssetExecutionContext, ntm: NtmSettings) -> Iterator[dg.MaterializeResult[None]]:
    """What Great Expectations says of each submission: accepted, accepted in part, or rejected, and why."""
    from expectations.data_docs import build_data_docs
    from expectations.judge import judge_pending

    settings, periods = ntm.load(), tuple(context.partition_keys)
    summary = judge_pending(settings, context.run_id, list(periods))
    index = build_data_docs(settings, context.run_id, summary.batches)
    docs = {"data_docs": dg.MetadataValue.path(index)} if index else {}
    yield dg.MaterializeResult(asset_key=VERDICTS, metadata={**invariants.verdict_counts(settings, periods), **docs})
    yield dg.MaterializeResult(asset_key=FINDINGS, metadata={**invariants.finding_counts(settings, periods)})
