"""The dbt project as assets: staging, intermediate and marts, with its tests as checks. Not partitioned."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets

from ingest.settings import load_settings
from orchestration import dbt
from orchestration.dbt_events import DbtEvents
from orchestration.resources import NtmSettings


class LayerGroups(DagsterDbtTranslator):
    """Groups are the layers of the dbt project: the first folder below models."""

    def get_group_name(self, dbt_resource_props: Any) -> str | None:
        path = dbt_resource_props.get("fqn") or []
        return path[1] if len(path) > 2 else None

    def get_owners(self, dbt_resource_props: Any) -> list[str]:
        return ["team:ntm-data"]


TRANSLATOR = LayerGroups()
MANIFEST = dbt.manifest(load_settings())


@dbt_assets(manifest=MANIFEST, name="dbt_models", dagster_dbt_translator=TRANSLATOR)
def dbt_models(context: dg.AssetExecutionContext, ntm: NtmSettings) -> Iterator[Any]:
    """Every model, built and tested in one call of dbt."""
    events = DbtEvents(MANIFEST, TRANSLATOR)
    select = events.selection(context.selected_asset_keys) if context.is_subset else []
    build = dbt.build(ntm.load(), select)
    yield from events.of(build.results, context.selected_asset_keys, context.selected_asset_check_keys)
    if build.error:
        raise dg.Failure(description=f"dbt: {build.error}")
