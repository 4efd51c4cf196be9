"""Reference data as typed Parquet copies, the form that dbt and the rules read."""

from collections.abc import Iterator

import dagster as dg

from ingest import reference
from orchestration.resources import NtmSettings

EXPECTED = "expected_submissions"  # made from calendar, units, obligations and what has been received so far


def _spec(table: str, description: str, kind: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        ["reference", table],
        description=description,
        group_name="reference",
        kinds={kind, "parquet"},
        owners=["team:ntm-data"],
    )


@dg.multi_asset(
    name="reference_tables",
    specs=[
        *(_spec(table, reference.schema()[table]["description"], "csv") for table in reference.table_names()),
        _spec(EXPECTED, "one form owed by one reporting unit for one period that has opened", "python"),
    ],
)
def reference_tables(ntm: NtmSettings) -> Iterator[dg.MaterializeResult[None]]:
    """data/reference/*.csv, typed by schema.yml; a copy whose content would not change is left alone."""
    import pyarrow.parquet as pq

    from orchestration.dbt import prepare_inputs

    settings = ntm.load()
    prepare_inputs(settings)
    for table in (*reference.table_names(), EXPECTED):
        rows = pq.read_metadata(settings.reference_dir / f"{table}.parquet").num_rows
        yield dg.MaterializeResult(asset_key=["reference", table], metadata={"dagster/row_count": rows})
