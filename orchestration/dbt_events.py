"""What dbt did, in the words of Dagster: models become materializations, tests become asset checks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator

from orchestration.dbt import NodeResult


class DbtEvents:
    """Dagster events for results of the project that a manifest describes."""

    def __init__(self, manifest: Path, translator: DagsterDbtTranslator) -> None:
        self._content = json.loads(manifest.read_text(encoding="utf-8"))
        self._translator = translator

    def selection(self, asset_keys: AbstractSet[dg.AssetKey]) -> list[str]:
        """The names that make dbt build just these assets."""
        models = self._nodes(("model", "seed", "snapshot"))
        return sorted(node["name"] for unique_id, node in models if self._key(unique_id) in asset_keys)

    def keys_in_schema(self, schema: str) -> list[dg.AssetKey]:
        """The assets of the models whose tables stand in a schema."""
        return [self._key(unique_id) for unique_id, node in self._nodes(("model",)) if node["schema"] == schema]

    def of(
        self,
        results: Iterable[NodeResult],
        asset_keys: AbstractSet[dg.AssetKey],
        check_keys: AbstractSet[dg.AssetCheckKey],
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        """Models before tests, as Dagster wants a check to follow its asset."""
        known, checks = dict(self._nodes(("model", "seed", "snapshot", "test"))), {key.name: key for key in check_keys}
        listed = [result for result in results if result.unique_id in known]
        for result in listed:
            if result.status == "success" and (key := self._key(result.unique_id)) in asset_keys:
                yield dg.MaterializeResult(asset_key=key, metadata={"seconds": result.seconds})
        for result in listed:
            check = checks.get(known[result.unique_id]["name"])
            if check is not None and result.status in ("pass", "warn", "fail", "error"):
                yield self._check(result, check, known[result.unique_id])

    def _check(self, result: NodeResult, key: dg.AssetCheckKey, node: dict[str, Any]) -> dg.AssetCheckResult:
        is_warning = str(node["config"].get("severity", "error")).lower() == "warn"
        return dg.AssetCheckResult(
            passed=result.status == "pass",
            asset_key=key.asset_key,
            check_name=key.name,
            severity=dg.AssetCheckSeverity.WARN if is_warning else dg.AssetCheckSeverity.ERROR,
            metadata={"failures": result.failures or 0, "message": result.message or ""},
        )

    def _key(self, unique_id: str) -> dg.AssetKey:
        return self._translator.get_asset_spec(self._content, unique_id, None).key

    def _nodes(self, kinds: tuple[str, ...]) -> list[tuple[str, dict[str, Any]]]:
        return [
            (unique_id, node) for unique_id, node in self._content["nodes"].items() if node["resource_type"] in kinds
        ]
