"""What the publication remembers in PostgreSQL: what it promised of each table and column, and which rows stand there.

Belongs here: schema `ntm`'s tables of it, reading and writing them, and marts.build, which names the build to readers.
Does not belong here: changing the marts' tables (tables.py), who may read them (access.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from publish.postgres.access import MARTS, OWN
from publish.postgres.session import Session, text


@dataclass(frozen=True)
class HeldColumn:
    """A column as it stands: its type as DuckDB writes it; `gone_in`: the release in which it was given up."""

    data_type: str
    gone_in: str | None = None
    replaced_by: str | None = None


@dataclass(frozen=True)
class HeldTable:
    """A table as it stands; `structure` is a digest of its keys, indexes, comments, policies and privileges."""

    sha256: str | None
    structure: str | None
    gone_in: str | None
    columns: Mapping[str, HeldColumn] = field(default_factory=dict)


def lay_memory(session: Session) -> None:
    """The tables in which the publication remembers what it promised, and the one that names the build."""
    session.execute(
        f"create table if not exists {OWN}.published_table (table_name text primary key, sha256 text, "
        "structure text, row_count bigint, build_id text, gone_in text)"
    )
    session.execute(
        f"create table if not exists {OWN}.published_column (table_name text, column_name text, "
        "position integer, data_type text, gone_in text, replaced_by text, primary key (table_name, column_name))"
    )
    session.execute(
        f"create table if not exists {MARTS}.build (build_id text not null, made_at timestamptz not null, "
        "inputs_digest text not null)"
    )


def read_held(session: Session) -> dict[str, HeldTable]:
    """What was published before, as remembered."""
    columns: dict[str, dict[str, HeldColumn]] = {}
    for table, column, data_type, gone_in, replaced_by in session.rows(
        "select table_name, column_name, data_type, gone_in, replaced_by "
        f"from {OWN}.published_column order by table_name, position"
    ):
        columns.setdefault(table, {})[column] = HeldColumn(data_type, gone_in, replaced_by)
    return {
        table: HeldTable(sha256, structure, gone_in, columns.get(table, {}))
        for table, sha256, structure, gone_in in session.rows(
            f"select table_name, sha256, structure, gone_in from {OWN}.published_table order by 1"
        )
    }


def promised(held: Mapping[str, HeldTable]) -> dict[str, dict[str, str]]:
    """The contract that readers rely on: what stands and was not given up."""
    return {
        name_: {column: one.data_type for column, one in table.columns.items() if one.gone_in is None}
        for name_, table in held.items()
        if table.gone_in is None
    }


def remember(
    session: Session, table: str, held: HeldTable, sha256: str | None, rows: int, build_id: str, structure: str | None
) -> None:
    """What was promised and published of a table, for the next time."""
    forget(session, table)
    said = (text(table), text(sha256), text(structure), str(rows), text(build_id), text(held.gone_in))
    session.execute(f"insert into {OWN}.published_table values ({', '.join(said)})")
    listed = [
        (text(table), text(column), str(position), text(one.data_type), text(one.gone_in), text(one.replaced_by))
        for position, (column, one) in enumerate(held.columns.items())
    ]
    values = ", ".join(f"({', '.join(one)})" for one in listed)
    session.execute(f"insert into {OWN}.published_column values {values}")


def forget(session: Session, table: str) -> None:
    for memory in ("published_column", "published_table"):
        session.execute(f"delete from {OWN}.{memory} where table_name = {text(table)}")
