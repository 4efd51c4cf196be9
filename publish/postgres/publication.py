"""The current build into PostgreSQL: contract first, then one transaction that readers see wholly or not at all.

Belongs here: the order of the steps, the publisher's lock, another try where a reader holds a table that must change
its shape. Does not belong here: the steps themselves.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ingest.settings import Settings
from publish.build import Build, current_build
from publish.contract import Contract, current_release, declared_migrations, published_contract, refuse_breaks
from publish.postgres.access import (
    ANALYST,
    BI,
    MARTS,
    OFFICE,
    SCOPE_FROM,
    UNIT,
    guard_functions,
    lay_ground,
    rule_of,
    write_scope,
)
from publish.postgres.memory import HeldTable, forget, lay_memory, promised, read_held, remember
from publish.postgres.session import LOCK_NOT_AVAILABLE, PostgresFailed, Session, connected, name, sqlstate, text
from publish.postgres.tables import dress, migrate, undress
from publish.postgres.transfer import Staged, replace, stage

OLDEST_SERVER = 150000  # security_invoker views and unique nulls
PUBLISHERS_LOCK = 8420250701
WAIT_SECONDS = 120  # for another publication to end
LOCK_SECONDS, ATTEMPTS, PAUSE_SECONDS = 3, 10, 2.0


@dataclass(frozen=True)
class PostgresPublication:
    """What a publication did: tables whose rows it replaced, and what it wants a person to know."""

    build_id: str
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    notes: tuple[str, ...]


def publish_to_postgres(settings: Settings, build: Build | None = None) -> PostgresPublication:
    """Make schema `marts` hold the build, by default the current one; where it does already, change nothing.

    Raises PostgresFailed, ContractBroken, UndeclaredAccess; then PostgreSQL holds what it held before.
    """
    build = build or current_build(settings)
    if build is None:
        raise PostgresFailed("No build is published yet. Run `ntm run` first.")
    if not settings.postgres_dsn:
        raise PostgresFailed("NTM_POSTGRES_DSN names no database to publish to.")
    contract = published_contract(build.database)
    for table in contract:
        rule_of(table)
    with connected(settings.postgres_dsn) as session:
        _prepare(session)
        held = read_held(session)
        refuse_breaks(promised(held), contract, declared_migrations())
        digests = {table.table: table.sha256 for table in build.tables}
        changed = [table for table in contract if table not in held or held[table].sha256 != digests[table]]
        staged = {table: stage(session, build, table) for table in changed}
        session.commit()
        notes = _patiently(session, lambda: _replace_all(session, build, held, contract, staged))
        unchanged = tuple(table for table in contract if table not in staged)
        return PostgresPublication(build.build_id, tuple(changed), unchanged, tuple(notes))


def remembered_contract(settings: Settings) -> Contract:
    """What PostgreSQL has promised its readers; empty where it was never published to. Raises PostgresFailed."""
    assert settings.postgres_dsn
    with connected(settings.postgres_dsn) as session:
        if session.value("select to_regclass('ntm.published_column')::text") is None:
            return {}
        return promised(read_held(session))


def _prepare(session: Session) -> None:
    session.execute("set client_min_messages = warning")
    version = int(session.value("select pg_catalog.current_setting('server_version_num')"))
    if version < OLDEST_SERVER:
        raise PostgresFailed(f"PostgreSQL {version // 10000} is too old: 15 or later is needed.")
    _take_lock(session)
    lay_ground(session)
    for statement in guard_functions():
        session.execute(statement)
    lay_memory(session)
    session.execute(f"grant select on {name(MARTS, 'build')} to {OFFICE}, {ANALYST}, {UNIT}, {BI}")
    session.execute(f"comment on table {name(MARTS, 'build')} is 'Bản số liệu đang được công bố'")
    session.commit()


def _take_lock(session: Session) -> None:
    from adbc_driver_manager import Error

    session.execute(f"set lock_timeout = '{WAIT_SECONDS}s'")
    try:
        session.execute(f"select pg_catalog.pg_advisory_lock({PUBLISHERS_LOCK})")
    except Error as error:
        if sqlstate(error) != LOCK_NOT_AVAILABLE:
            raise
        raise PostgresFailed("Another publication is writing to this database. Run again when it is done.") from error


def _patiently(session: Session, step: Callable[[], list[str]]) -> list[str]:
    """A change of shape waits for readers of that table, and lets nobody wait behind it for long."""
    from adbc_driver_manager import Error

    for attempt in range(1, ATTEMPTS + 1):
        try:
            session.execute(f"set local lock_timeout = '{LOCK_SECONDS}s'")
            notes = step()
            session.commit()
        except Error as error:
            session.rollback()
            if sqlstate(error) != LOCK_NOT_AVAILABLE or attempt == ATTEMPTS:
                raise
            time.sleep(PAUSE_SECONDS)
        else:
            return notes
    raise AssertionError("the last attempt ends in one way or the other")


def _replace_all(
    session: Session, build: Build, held: Mapping[str, HeldTable], contract: Contract, staged: Mapping[str, Staged]
) -> list[str]:
    now, notes = migrate(session, held, contract, declared_migrations(), current_release())
    digests = {table.table: table for table in build.tables}
    for table in sorted(now):  # one order of locks
        stands = now[table]
        if table in staged:
            if stands.structure is None:
                undress(session, table)
            replace(session, table, stands, staged[table])
        if table in contract:
            structure = dress(session, table, stands)
            if table in staged or stands != held.get(table) or structure != stands.structure:
                made = digests[table]
                remember(session, table, stands, made.sha256, made.row_count, build.build_id, structure)
        elif stands != held.get(table):
            remember(session, table, stands, None, 0, build.build_id, stands.structure)
    for table in held.keys() - now.keys():
        forget(session, table)
    if any(table in staged for table in SCOPE_FROM) and all(table in contract for table in SCOPE_FROM):
        write_scope(session, build)
    _name_build(session, build)
    return notes


def _name_build(session: Session, build: Build) -> None:
    target = name(MARTS, "build")
    said = ", ".join(text(one) for one in (build.build_id, build.made_at, build.inputs_digest))
    if session.rows(f"select build_id from {target}") != [(build.build_id,)]:
        session.execute(f"delete from {target}")
        session.execute(f"insert into {target} select b, m::timestamptz, i from (values ({said})) as v (b, m, i)")
