"""What stands in schema `marts` of PostgreSQL: its tables and how they change.

Belongs here: types, creating and altering tables, keys, indexes, comments, and the old columns that stay one release.
Does not belong here: what is remembered of them (memory.py), who may read them (access.py), their rows (transfer.py).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

from publish import dictionary
from publish.contract import Contract, Migration, release_number
from publish.postgres.access import BI_VIEWS, MARTS, policies, privileges
from publish.postgres.memory import HeldColumn, HeldTable
from publish.postgres.session import PostgresFailed, Session, name, text

# What people filter by; a column that leads the key has its index already.
FILTERED = ("reporting_period_id", "reporting_unit_id", "unit_id", "programme_code", "area_id")
NAME_LIMIT = 63

_TYPES = {
    "VARCHAR": "text",
    "DATE": "date",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "BOOLEAN": "boolean",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
}


def postgres_type(data_type: str, where: str) -> str:
    """A type of DuckDB in PostgreSQL. Raises PostgresFailed for one that no mart may have."""
    if found := _TYPES.get(data_type):
        return found
    if match := re.fullmatch(r"DECIMAL\((\d+),(\d+)\)", data_type):
        return f"numeric({match[1]},{match[2]})"
    raise PostgresFailed(f"{where} is {data_type}, which has no place in PostgreSQL: cast it in the mart.")


def migrate(
    session: Session,
    held: Mapping[str, HeldTable],
    contract: Contract,
    migrations: tuple[Migration, ...],
    release: str,
) -> tuple[dict[str, HeldTable], list[str]]:
    """Give every table the columns of the contract; what the tables are then, and what could not be removed.

    Assumes that no break of the contract is left undeclared.
    """
    now: dict[str, HeldTable] = {}
    notes: list[str] = []
    for table, columns in contract.items():
        before = held.get(table)
        if before is None:
            listed = ", ".join(f"{name(column)} {_typed(table, column, of)}" for column, of in columns.items())
            session.execute(f"create table {name(MARTS, table)} ({listed})")
            now[table] = HeldTable(None, None, None, {column: HeldColumn(of) for column, of in columns.items()})
        else:
            now[table] = _altered(session, table, before, columns, migrations, release, notes)
    for table, before in held.items():
        if table not in contract and (kept := _without(session, table, before, migrations, release, notes)):
            now[table] = kept
    return now, notes


def _altered(
    session: Session,
    table: str,
    before: HeldTable,
    columns: Mapping[str, str],
    migrations: tuple[Migration, ...],
    release: str,
    notes: list[str],
) -> HeldTable:
    target, now = name(MARTS, table), dict(before.columns)
    for column, of in columns.items():
        stands = now.get(column)
        if stands is None:
            session.execute(f"alter table {target} add column {name(column)} {_typed(table, column, of)}")
        elif stands.data_type != of:
            session.execute(f"drop view if exists {name(BI_VIEWS, table)}")
            session.execute(
                f"alter table {target} alter column {name(column)} type {_typed(table, column, of)} "
                f"using {name(column)}::{_typed(table, column, of)}"
            )
        now[column] = HeldColumn(of)
    for column in [one for one in now if one not in columns]:
        gone = now[column]
        if gone.gone_in is None:
            declared = next(
                one for one in migrations if (one.table, one.column) == (table, column) and not one.new_type
            )
            gone = HeldColumn(gone.data_type, declared.release, declared.new_name)
        now[column] = gone
        if gone.gone_in and release_number(release) > release_number(gone.gone_in):
            statements = (
                f"drop view if exists {name(BI_VIEWS, table)}",
                f"alter table {target} drop column {name(column)}",
            )
            if _removed(session, statements, table, column, notes):
                del now[column]
    structure = before.structure if now == dict(before.columns) else None
    return HeldTable(before.sha256, structure, None, now)


def _without(
    session: Session,
    table: str,
    before: HeldTable,
    migrations: tuple[Migration, ...],
    release: str,
    notes: list[str],
) -> HeldTable | None:
    """A table that no build has any more: empty for the rest of the release that gave it up, so that no old generation
    stands beside the new one."""
    gone_in = before.gone_in or next(one.release for one in migrations if one.table == table and one.column is None)
    if release_number(release) > release_number(gone_in):
        statements = (f"drop view if exists {name(BI_VIEWS, table)}", f"drop table {name(MARTS, table)}")
        if _removed(session, statements, table, None, notes):
            return None
    if before.gone_in is None:
        session.execute(f"delete from {name(MARTS, table)}")
        session.execute(f"comment on table {name(MARTS, table)} is {text(_gone(gone_in, None))}")
    return HeldTable(None, before.structure, gone_in, before.columns)


def _removed(session: Session, statements: tuple[str, ...], table: str, column: str | None, notes: list[str]) -> bool:
    """Whether it could go: what somebody else's view reads stays, and a note names the view."""
    if readers := _readers(session, table, column):
        what = ".".join(filter(None, (MARTS, table, column)))
        notes.append(f"{what} was given up and stays, as something else reads it: {', '.join(readers)}.")
        return False
    for statement in statements:
        session.execute(statement)
    return True


def _readers(session: Session, table: str, column: str | None) -> list[str]:
    """Views of others that read a column, or a table and its masked view."""
    of_column = f"and a.attname = {text(column)}" if column else ""
    masked = f"pg_catalog.to_regclass({text(name(BI_VIEWS, table))})"
    found = session.rows(
        "select distinct v.oid::regclass::text from pg_catalog.pg_depend as d "
        "inner join pg_catalog.pg_rewrite as r on d.classid = 'pg_catalog.pg_rewrite'::regclass and r.oid = d.objid "
        "inner join pg_catalog.pg_class as v on v.oid = r.ev_class "
        "left join pg_catalog.pg_attribute as a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid "
        "where d.refclassid = 'pg_catalog.pg_class'::regclass and v.oid <> d.refobjid "
        f"and v.oid is distinct from {masked} and (d.refobjid = {masked} "
        f"or (d.refobjid = {text(name(MARTS, table))}::regclass {of_column})) order by 1"
    )
    return [view for (view,) in found]


def undress(session: Session, table: str) -> None:
    """Before rows of another shape come: the key goes, and no old column insists on a value."""
    target = name(MARTS, table)
    session.execute(f"alter table {target} drop constraint if exists {name(_key_name(table))}")
    session.execute(f"drop index if exists {name(MARTS, _key_name(table))}")
    required = session.rows(
        "select attname::text from pg_catalog.pg_attribute "
        f"where attrelid = {text(target)}::regclass and attnum > 0 and not attisdropped and attnotnull"
    )
    for (column,) in required:
        session.execute(f"alter table {target} alter column {name(column)} drop not null")


def dress(session: Session, table: str, held: HeldTable) -> str:
    """Key, indexes, comments, policies and privileges of a table, where they are not those that stand; their digest."""
    statements = list(_structure(table, held))
    digest = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    if digest != held.structure:
        wanted = {_index_name(table, column) for column in _filtered(table, held)} | {_key_name(table)}
        for (index,) in session.rows(
            "select indexname::text from pg_catalog.pg_indexes "
            f"where schemaname = {text(MARTS)} and tablename = {text(table)}"
        ):
            if index not in wanted:
                session.execute(f"drop index {name(MARTS, index)}")
        undress(session, table)
        for statement in statements:
            session.execute(statement)
    return digest


def _structure(table: str, held: HeldTable) -> Iterator[str]:
    target, mart = name(MARTS, table), _mart(table)
    labels = {column.name: column.label_vi for column in mart.columns} if mart else {}
    if key := key_of(table, held):
        listed = ", ".join(name(column) for column in key)
        if is_required(table, key):
            yield f"alter table {target} add constraint {name(_key_name(table))} primary key ({listed})"
        else:
            yield f"create unique index {name(_key_name(table))} on {target} ({listed}) nulls not distinct"
    for column in _filtered(table, held):
        yield f"create index if not exists {name(_index_name(table, column))} on {target} ({name(column)})"
    yield f"comment on table {target} is {text(mart.label_vi if mart else table)}"
    for column, one in held.columns.items():
        said = _gone(one.gone_in, one.replaced_by) if one.gone_in else labels.get(column, column)
        yield f"comment on column {target}.{name(column)} is {text(said)}"
    columns = tuple(held.columns)
    personal = frozenset(column.name for column in mart.columns if column.is_personal) if mart else frozenset()
    # An old name of a personal column holds what the new one holds.
    old = {column for column, one in held.columns.items() if one.replaced_by in personal}
    yield from policies(table, tuple(column for column, one in held.columns.items() if one.gone_in is None))
    yield from privileges(table, columns, personal.intersection(columns) | old)


def key_of(table: str, held: HeldTable) -> tuple[str, ...]:
    """The columns that no two rows share, as the dictionary says; empty where it knows none of the table's."""
    mart = _mart(table)
    key = mart.key if mart else ()
    return key if all(column in held.columns and not held.columns[column].gone_in for column in key) else ()


def is_required(table: str, columns: tuple[str, ...]) -> bool:
    """Whether none of the columns may be null."""
    mart = _mart(table)
    return mart is not None and all(mart.column(column).is_required for column in columns)


def _mart(table: str) -> dictionary.Mart | None:
    try:
        return dictionary.mart(table)
    except KeyError:
        return None


def _filtered(table: str, held: HeldTable) -> list[str]:
    leading = key_of(table, held)[:1]
    return [column for column in FILTERED if column in held.columns and column not in leading]


def _key_name(table: str) -> str:
    return f"{table}__key"[:NAME_LIMIT]


def _index_name(table: str, column: str) -> str:
    return f"{table}__{column}"[:NAME_LIMIT]


def _typed(table: str, column: str, data_type: str) -> str:
    return postgres_type(data_type, f"{table}.{column}")


def _gone(release: str, replaced_by: str | None) -> str:
    instead = f"; dùng cột {replaced_by}" if replaced_by else ""
    return f"Không dùng nữa từ bản {release}{instead}. Bản sau sẽ bỏ (deprecated)."
