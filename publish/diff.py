"""Diff: what differs between two builds, mart by mart and period by period.

Belongs here: rows added, removed and changed between two immutable builds, told apart by the key that the mart's YAML
file declares (test `unique_key`). Does not belong here: why a figure moved (fct_revision), showing it (orchestration).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish.build import Build, current_build, read_build
from publish.inputs import DBT_PROJECT_DIR

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from ingest.settings import Settings

PERIOD = "reporting_period_id"
CURRENT = "current"


class NoSuchBuild(ValueError):
    """A build that is not there; the message names those that are."""


@dataclass(frozen=True)
class PeriodDiff:
    """Rows of one mart and reporting period that differ; `period_id` is None where rows are of no period.

    `changed` rows have the same key in both builds and differ in `columns`. Of a mart without a declared key, or whose
    key is not in both builds, a row that changed counts as one removed and one added.
    """

    table: str
    period_id: str | None
    added: int
    removed: int
    changed: int
    columns: tuple[str, ...]


@dataclass(frozen=True)
class BuildDiff:
    """The difference of two builds. Rows are compared in the columns that both builds have."""

    before: Build
    after: Build
    tables_added: tuple[str, ...]
    tables_removed: tuple[str, ...]
    columns_added: tuple[str, ...]  # table.column, of tables in both
    columns_removed: tuple[str, ...]
    periods: tuple[PeriodDiff, ...]

    @property
    def is_empty(self) -> bool:
        shape = (self.tables_added, self.tables_removed, self.columns_added, self.columns_removed)
        return not any(shape) and not self.periods

    def as_json(self) -> dict[str, Any]:
        return {
            "before": self.before.build_id,
            "after": self.after.build_id,
            "tables_added": list(self.tables_added),
            "tables_removed": list(self.tables_removed),
            "columns_added": list(self.columns_added),
            "columns_removed": list(self.columns_removed),
            "periods": [{**vars(period), "columns": list(period.columns)} for period in self.periods],
        }


def diff_builds(before: Build, after: Build) -> BuildDiff:
    """What `after` says otherwise than `before`; tables whose bytes are equal are not opened."""
    import duckdb

    old, new = ({table.table: table for table in build.tables} for build in (before, after))
    periods: list[PeriodDiff] = []
    columns_added: list[str] = []
    columns_removed: list[str] = []
    with duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}) as con:
        for table in sorted(old.keys() & new.keys()):
            if old[table].sha256 == new[table].sha256:
                continue
            was = _columns(con, before.parquet(table), "was")
            now = _columns(con, after.parquet(table), "now")
            columns_added += [f"{table}.{column}" for column in now if column not in was]
            columns_removed += [f"{table}.{column}" for column in was if column not in now]
            shared = [column for column in was if column in now]
            periods += _diff_table(con, table, shared)
    return BuildDiff(
        before=before,
        after=after,
        tables_added=tuple(sorted(new.keys() - old.keys())),
        tables_removed=tuple(sorted(old.keys() - new.keys())),
        columns_added=tuple(columns_added),
        columns_removed=tuple(columns_removed),
        periods=tuple(periods),
    )


def build_named(settings: Settings, name: str) -> Build:
    """The published build of this id, or `current`. Raises NoSuchBuild."""
    build = current_build(settings) if name == CURRENT else read_build(settings.published_dir / name)
    if build is None or not build.is_whole():
        found = sorted(file.parent.name for file in settings.published_dir.glob("[!.]*/build.json"))
        known = f"There are {', '.join(found[-5:])}, and {CURRENT}." if found else "Nothing is published yet."
        raise NoSuchBuild(f"There is no build {name!r} below {settings.published_dir.name}. {known}")
    return build


@cache
def row_key(table: str) -> tuple[str, ...]:
    """The columns that tell the rows of a mart apart, as its YAML file declares them; empty where it declares none."""
    return _keys().get(table, ())


@cache
def _keys() -> dict[str, tuple[str, ...]]:
    import yaml

    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((DBT_PROJECT_DIR / "models" / "marts").rglob("*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", ()):
            for test in model.get("data_tests", ()):
                if isinstance(test, dict) and "unique_key" in test:
                    found[model["name"]] = tuple(test["unique_key"]["arguments"]["columns"])
    return found


def _columns(con: DuckDBPyConnection, file: Path, view: str) -> list[str]:
    quoted = str(file).replace("'", "''")
    con.execute(f"create or replace temp view {view} as from read_parquet('{quoted}')")
    return [row[0] for row in con.execute(f"describe {view}").fetchall()]


def _diff_table(con: DuckDBPyConnection, table: str, columns: list[str]) -> list[PeriodDiff]:
    """The views `was` and `now`, compared in some columns, as bags of rows."""
    if not columns:
        return []
    key = row_key(table)
    listed = _list(columns)
    con.execute(f"create or replace temp table gone as select {listed} from was except all select {listed} from now")
    con.execute(f"create or replace temp table come as select {listed} from now except all select {listed} from was")
    is_same = " and ".join(f'gone."{name}" is not distinct from come."{name}"' for name in key)
    if not key or not set(key) <= set(columns):
        is_same = "false"
    period = f'coalesce(come."{PERIOD}", gone."{PERIOD}")' if PERIOD in columns else "cast(null as varchar)"
    differs = ", ".join(
        f"coalesce(bool_or(state = 'changed' and is_other_{number}), false) as \"{name}\""
        for number, name in enumerate(columns)
    )
    others = ", ".join(
        f'gone."{name}" is distinct from come."{name}" as is_other_{number}' for number, name in enumerate(columns)
    )
    # a full join on a condition that is no equality is not planned: what has no partner is added to the pairs instead
    query = f"""
        with
        gone as (select *, row_number() over () as gone_no from temp.gone),
        come as (select *, row_number() over () as come_no from temp.come),
        pairs as (select gone_no, come_no from gone inner join come on {is_same}),
        states as (
            select 'changed' as state, gone_no, come_no from pairs
            union all
            select 'removed', gone_no, null from gone where gone_no not in (select gone_no from pairs)
            union all
            select 'added', null, come_no from come where come_no not in (select come_no from pairs)
        ),
        told as (
            select states.state, {period} as period_id, {others}
            from states
            left join gone on states.gone_no = gone.gone_no
            left join come on states.come_no = come.come_no
        )
        select
            period_id,
            count(*) filter (state = 'added'),
            count(*) filter (state = 'removed'),
            count(*) filter (state = 'changed'),
            {differs}
        from told
        group by period_id
        order by period_id
    """
    return [
        PeriodDiff(
            table,
            period_id,
            added,
            removed,
            changed,
            tuple(name for name, is_other in zip(columns, others_of, strict=True) if is_other),
        )
        for period_id, added, removed, changed, *others_of in con.execute(query).fetchall()
    ]


def _list(columns: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
