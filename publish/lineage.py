"""From what a mart is made, and what is made from it: the graph of dbt's manifest, read for people.

Belongs here: walking the graph from mart to mart, form, code list and ledger table. Does not belong here: parsing the
project (orchestration/dbt.py), the lineage of one figure down to its cell (trace.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = "ntm"


@dataclass(frozen=True)
class Lineage:
    """Of one mart: the marts nearest to it on both sides; all forms, code lists and ledger tables it rests on.

    `models`: the staging and intermediate models between it and the marts and sources before it.
    """

    marts: tuple[str, ...]
    models: tuple[str, ...]
    forms: tuple[str, ...]
    code_lists: tuple[str, ...]
    ledger: tuple[str, ...]
    feeds: tuple[str, ...]


def lineage(manifest: Path) -> dict[str, Lineage]:
    """The lineage of every mart, by name. `manifest`: dbt's manifest.json of the project."""
    content = json.loads(manifest.read_text(encoding="utf-8"))
    models = {key: node for key, node in content["nodes"].items() if node["resource_type"] == "model"}
    marts = {key for key, node in models.items() if node["schema"] == "marts"}
    before = {key: tuple(node["depends_on"]["nodes"]) for key, node in models.items()}
    nearest = {key: _reach(before, key, stops=marts.__contains__) for key in marts}
    after: dict[str, list[str]] = {key: [] for key in marts}
    for key, reached in nearest.items():
        for other in reached & marts:
            after[other].append(key)
    return {
        models[key]["name"]: Lineage(
            marts=_names(nearest[key] & marts),
            models=_names(one for one in nearest[key] - marts if one.startswith("model.")),
            **_sources(_reach(before, key, stops=lambda _: False)),
            feeds=_names(after[key]),
        )
        for key in sorted(marts)
    }


def _sources(reached: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    by_source: dict[str, set[str]] = {"landing": set(), "reference": set(), "ledger": set()}
    for key in reached:
        if key.startswith("source."):
            _, _, source, table = key.split(".", 3)
            by_source[source].add(table)
    kinds = {"forms": "landing", "code_lists": "reference", "ledger": "ledger"}
    return {kind: tuple(sorted(by_source[source])) for kind, source in kinds.items()}


def _reach(before: Mapping[str, tuple[str, ...]], start: str, stops: Callable[[str], bool]) -> set[str]:
    """What `start` is made from, directly or through others; the walk ends at what `stops` says."""
    reached: set[str] = set()
    waiting = list(before.get(start, ()))
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            if not stops(key):
                waiting.extend(before.get(key, ()))
    return reached


def _names(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(key.removeprefix(f"model.{PROJECT}.") for key in keys))
