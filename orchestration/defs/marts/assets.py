"""Publication of the marts, on all of them, and the dictionary that explains what was published."""

import dagster as dg

from orchestration.dbt_events import DbtEvents
from orchestration.defs.warehouse.assets import MANIFEST, TRANSLATOR
from orchestration.resources import NtmSettings

MARTS = DbtEvents(MANIFEST, TRANSLATOR).keys_in_schema("marts")


@dg.asset(deps=MARTS, group_name="published", kinds={"duckdb", "parquet"}, owners=["team:ntm-data"])
def published_marts(ntm: NtmSettings) -> dg.MaterializeResult[None]:
    """An immutable edition of every mart as DuckDB and Parquet, and the pointer that readers follow."""
    from publish.publication import publish

    build = publish(ntm.load())
    return dg.MaterializeResult(
        metadata={
            "build_id": build.build_id,
            "folder": dg.MetadataValue.path(build.folder),
            "dagster/row_count": sum(build.row_counts.values()),
            "rows": dg.MetadataValue.md("\n".join(f"- {table}: {rows}" for table, rows in build.row_counts.items())),
        }
    )


@dg.asset_check(asset=published_marts)
def links_follow_the_pointer(ntm: NtmSettings) -> dg.AssetCheckResult:
    """`published/marts.duckdb` and `published/parquet` lead to the build that current.json names, and it is whole."""
    from publish.build import current_build

    settings = ntm.load()
    build = current_build(settings)
    passed = (
        build is not None
        and build.is_whole()
        and (settings.published_dir / "marts.duckdb").resolve() == build.database.resolve()
    )
    return dg.AssetCheckResult(passed=passed, metadata={"build_id": build.build_id if build else "none"})


@dg.asset(deps=[published_marts], group_name="published", kinds={"html", "markdown"}, owners=["team:ntm-data"])
def data_dictionary(ntm: NtmSettings) -> dg.MaterializeResult[None]:
    """What every published table, column and metric means, in Vietnamese and English, as pages below `dictionary`."""
    from publish.build import current_build
    from publish.dictionary_pages import write_dictionary

    settings = ntm.load()
    build = current_build(settings)
    page, *_ = write_dictionary(settings.data_dir / "dictionary", MANIFEST, build)
    return dg.MaterializeResult(
        metadata={"page": dg.MetadataValue.path(page), "build_id": build.build_id if build else "none"}
    )
