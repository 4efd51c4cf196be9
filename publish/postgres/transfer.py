"""Rows of a build into the tables of PostgreSQL: staged by ADBC, then only what differs is deleted and inserted.

Belongs here: staging and replacing. Readers are never blocked: no statement here takes more than a row lock, and a
reader keeps the rows of its snapshot. Does not belong here: the tables themselves (tables.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publish.postgres.access import MARTS
from publish.postgres.memory import HeldTable
from publish.postgres.session import Session, name
from publish.postgres.tables import is_required, key_of

if TYPE_CHECKING:
    from publish.build import Build


@dataclass(frozen=True)
class Staged:
    """A table's rows in this session; `source` is how SQL names them."""

    source: str
    row_count: int


def stage(session: Session, build: Build, table: str) -> Staged:
    """Bring the rows of a mart over, where only this session sees them."""
    import pyarrow.parquet as pq

    # A file of its own, not a dataset: the folder's name is no column.
    rows = pq.ParquetFile(build.parquet(table)).read()
    source = session.stage(table, rows)
    session.execute(f"analyze {source}")
    return Staged(source, rows.num_rows)


def replace(session: Session, table: str, held: HeldTable, staged: Staged) -> None:
    """Make the table hold the staged rows: rows that are gone or differ are deleted, new ones inserted."""
    target = name(MARTS, table)
    columns = [column for column, one in held.columns.items() if one.gone_in is None]
    key = key_of(table, held)
    old_names = {column: one.replaced_by for column, one in held.columns.items() if one.gone_in and one.replaced_by}
    filled = {column: column for column in columns}
    filled |= {old: new for old, new in old_names.items() if new in columns}
    into = ", ".join(name(column) for column in filled)
    values = ", ".join(f"fresh.{name(column)}" for column in filled.values())
    if not key:
        session.execute(f"delete from {target}")
        session.execute(f"insert into {target} ({into}) select {values} from {staged.source} as fresh")
        return
    same_key = " and ".join(_same(column, is_required(table, (column,))) for column in key)
    held_row = ", ".join(f"held.{name(column)}" for column in filled)
    session.execute(
        f"delete from {target} as held where not exists (select 1 from {staged.source} as fresh "
        f"where {same_key} and ({held_row}) is not distinct from ({values}))"
    )
    session.execute(
        f"insert into {target} ({into}) select {values} from {staged.source} as fresh "
        f"where not exists (select 1 from {target} as held where {same_key})"
    )
    session.execute(f"analyze {target}")


def _same(column: str, required: bool) -> str:
    held, fresh = f"held.{name(column)}", f"fresh.{name(column)}"
    if required:
        return f"{held} = {fresh}"
    # The equality finds candidates by hash, which `is not distinct from` cannot.
    return f"coalesce({held}::text, '') = coalesce({fresh}::text, '') and {held} is not distinct from {fresh}"
