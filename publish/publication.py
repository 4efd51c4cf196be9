"""Publication: schema `marts` of the warehouse → an immutable build, then pointer and links by rename.

Belongs here: writing `published/<build>/` and moving what points at it. Nobody ever opens a file that is being written:
a build grows in a dot-folder, which the next publication removes if this one is killed.
Does not belong here: building the marts (dbt_project), deciding when (orchestration/pipeline.py).
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import uuid
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.settings import Settings
from publish.build import (
    BUILD_FILE,
    DATA,
    DATABASE,
    LINKS,
    PARQUET,
    POINTER,
    Build,
    PublishedTable,
    current_build,
    read_build,
)
from publish.contract import Contract, declared_migrations, published_contract, refuse_breaks, stored_contract
from publish.inputs import inputs_digest, recorded_warehouse, write_json
from publish.macros import create_macros
from publish.parquet import words_of, write_parquet
from publish.retention import drop_old_builds

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Files know no row-level security, so a mart may not hold what reaches a person.
CONTACT_WORDS = ("phone", "email", "contact")

# The oldest file format that DuckDB still writes. Drivers 0.10.3, 1.0 to 1.5 and 2.0 opened it, every table and macro;
# the default format of 2.0 is refused by all before 2.0, that of 1.2 by 1.1 and earlier.
STORAGE_VERSION = "v1.0.0"
BUILD = "build"  # what every place that holds the marts calls the row that names its build
WAS_CURRENT = "was_current"  # empty file in a build that readers may hold open


class PublicationFailed(RuntimeError):
    """The marts cannot be published as they are; the message says why."""


def publish(settings: Settings) -> Build:
    """Publish the marts of the warehouse and point readers at them.

    When the current build, or one that was killed just before it became current, was made from the same inputs, that
    one is current. Raises PublicationFailed when the warehouse is not the result of a build of these inputs that ended
    well, when it has no marts, or when a mart holds contact data; ContractBroken when something that the current build
    or PostgreSQL promised would be gone or of another type, undeclared. Builds that are old enough are removed at last.
    """
    settings.published_dir.mkdir(parents=True, exist_ok=True)
    _sweep(settings.published_dir)
    digest, current = inputs_digest(settings), current_build(settings)
    if current:
        _mark_as_used(current)  # a kill may have come between pointer and mark
    for build in (current, *_never_current(settings)):
        if build and build.inputs_digest == digest and build.is_whole():
            _point_at(settings.published_dir, build)
            _drop_never_current(settings)
            return build
    _drop_never_current(settings)
    record = recorded_warehouse(settings)
    if record is None or record.inputs_digest != digest:
        raise PublicationFailed(
            f"No warehouse of what is stored now to publish ({settings.warehouse_file}): it is missing, its build did "
            "not end well, or something was received or changed since. Run `uv run ntm run`."
        )
    _refuse_breaks(settings, current)
    build_id = _free_build_id(settings, digest)
    growing = settings.published_dir / f".{build_id}.{uuid.uuid4().hex[:8]}.tmp"
    growing.mkdir()
    made_at = settings.now.astimezone(UTC).isoformat(timespec="seconds")
    tables = _write_tables(settings.warehouse_file, growing, _said_of_build(build_id, made_at, digest))
    build = Build(build_id, digest, made_at, settings.province_code, tables, settings.published_dir / build_id)
    write_json(growing / BUILD_FILE, build.as_json())
    _make_read_only(growing)
    growing.rename(build.folder)
    _point_at(settings.published_dir, build)
    drop_old_builds(settings)
    return build


def _refuse_breaks(settings: Settings, current: Build | None) -> None:
    """Before anything is written: the marts of the warehouse against every promise that readers have."""
    from publish.postgres.publication import remembered_contract
    from publish.postgres.session import PostgresFailed

    promises: list[Contract] = []
    if current and current.database.exists():
        promises.append(published_contract(current.database))
    if settings.postgres_dsn:
        try:
            promises.append(remembered_contract(settings))
        except PostgresFailed as error:
            # Files do not wait for a database; its own publication asks again.
            logging.getLogger(__name__).warning("contract of PostgreSQL not asked: %s", error)
    after = stored_contract(settings.warehouse_file, "marts")
    for before in promises:
        refuse_breaks(before, after, declared_migrations())


def contact_columns(columns: list[tuple[str, str]]) -> list[str]:
    """`table.column` of every column whose name speaks of contact data."""
    return [f"{table}.{column}" for table, column in columns if any(word in column.lower() for word in CONTACT_WORDS)]


def _said_of_build(build_id: str, made_at: str, digest: str) -> str:
    """A select of one row: which build this is. The same three columns as table `build` in PostgreSQL."""
    return (
        f"select {_text(build_id)} as build_id, {_text(made_at)}::timestamptz as made_at, "
        f"{_text(digest)} as inputs_digest"
    )


def _write_tables(warehouse_file: Path, growing: Path, build: str) -> tuple[PublishedTable, ...]:
    import duckdb

    with duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}) as con:
        con.execute(f"attach {_text(warehouse_file)} as warehouse (read_only)")
        names = con.execute(
            "select table_name from duckdb_tables() "
            "where database_name = 'warehouse' and schema_name = 'marts' order by 1"
        ).fetchall()
        if not names:
            raise PublicationFailed(
                f"The warehouse {warehouse_file} has no tables in schema marts. Run `uv run ntm run` first."
            )
        _refuse_contact_data(con)
        # Tables stand in the file's main schema: the file is the catalog `marts`, so both `fct_funding` and
        # `marts.fct_funding` read well; a schema of the same name would make the second one ambiguous.
        con.execute(f"attach {_text(growing / DATABASE)} as published (storage_version '{STORAGE_VERSION}')")
        comments = _comments(con)
        tables = tuple(_write_table(con, name, growing, comments) for (name,) in names)
        con.execute("detach published")
        # Macros name `marts.<table>`, and are bound as they are made: under the name that readers use.
        con.execute(f"attach {_text(growing / DATABASE)} as marts")
        create_macros(con)
        # a view, so that the tables of the file are the marts and nothing else
        con.execute(f"create view marts.main.{BUILD} as {build}")
        con.execute(f"comment on view marts.main.{BUILD} is 'Bản số liệu trong tệp này'")
        beside = growing / PARQUET / BUILD / DATA
        beside.parent.mkdir()
        write_parquet(con, f"({build})", beside, BUILD)
        con.execute("detach marts")
        return tables


def _write_table(
    con: DuckDBPyConnection, table: str, growing: Path, comments: dict[tuple[str, str | None], str]
) -> PublishedTable:
    target = growing / PARQUET / table / DATA
    target.parent.mkdir(parents=True)
    name = f'published.main."{table}"'
    # A fixed order of rows makes equal builds equal bytes.
    con.execute(f'create table {name} as select * from warehouse.marts."{table}" order by all')
    con.execute("begin")  # a comment at a time, each would be written to disk by itself
    _comment(con, table, name, comments)
    con.execute("commit")
    write_parquet(con, name, target, table)
    counted = con.execute(f"select count(*) from {name}").fetchone()
    assert counted is not None
    with target.open("rb") as handle:
        return PublishedTable(table, counted[0], hashlib.file_digest(handle, "sha256").hexdigest())


def _comments(con: DuckDBPyConnection) -> dict[tuple[str, str | None], str]:
    """What the warehouse says of its marts, by table and column; None: of the table itself."""
    found = con.execute(
        "select table_name, null, comment from duckdb_tables() "
        "where database_name = 'warehouse' and schema_name = 'marts' and comment is not null "
        "union all select table_name, column_name, comment from duckdb_columns() "
        "where database_name = 'warehouse' and schema_name = 'marts' and comment is not null"
    ).fetchall()
    return {(table, column): comment for table, column, comment in found}


def _comment(con: DuckDBPyConnection, table: str, name: str, comments: dict[tuple[str, str | None], str]) -> None:
    """On table and columns what the warehouse says of them; where it says nothing, their Vietnamese labels."""
    words = words_of(table)
    labels = {column.name: column.label_vi for column in words.columns} if words else {}
    said = comments.get((table, None)) or (words.label_vi if words else None)
    if said:
        con.execute(f"comment on table {name} is {_text(said)}")
    for column, *_ in con.execute(f"describe {name}").fetchall():
        if said := comments.get((table, column)) or labels.get(column):
            con.execute(f'comment on column {name}."{column}" is {_text(said)}')


def _refuse_contact_data(con: DuckDBPyConnection) -> None:
    columns = con.execute(
        "select c.table_name, c.column_name from duckdb_columns() as c "
        "where c.database_name = 'warehouse' and c.schema_name = 'marts'"
    ).fetchall()
    if found := contact_columns(columns):
        raise PublicationFailed(f"Contact data may not be published; drop {', '.join(found)} from the marts.")


def _free_build_id(settings: Settings, digest: str) -> str:
    stamp = settings.now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    build_id, attempt = f"{stamp}-{digest[:8]}", 1
    while (settings.published_dir / build_id).exists():
        attempt += 1
        build_id = f"{stamp}-{digest[:8]}-{attempt}"
    return build_id


def _make_read_only(folder: Path) -> None:
    # The folders stay writable, so that an old build can be removed with ordinary means.
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o444)


def _point_at(published_dir: Path, build: Build) -> None:
    write_json(published_dir / POINTER, build.as_json())
    _mark_as_used(build)
    for link in LINKS:
        fresh = published_dir / f".{link}.tmp"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(Path(build.build_id) / link)
        fresh.replace(published_dir / link)


def _mark_as_used(build: Build) -> None:
    (build.folder / WAS_CURRENT).touch(mode=0o444)


def _never_current(settings: Settings) -> list[Build]:
    """Builds that became whole but were killed before the pointer moved: no publication has met them as current."""
    current = current_build(settings)
    found = (read_build(file.parent) for file in sorted(settings.published_dir.glob(f"*/{BUILD_FILE}")))
    return [
        build
        for build in found
        if build and not (build.folder / WAS_CURRENT).exists() and (current is None or build.folder != current.folder)
    ]


def _drop_never_current(settings: Settings) -> None:
    for build in _never_current(settings):
        shutil.rmtree(build.folder)


def _sweep(published_dir: Path) -> None:
    """Remove what a killed publication left: everything with a dot before its name."""
    for left in published_dir.glob(".*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            os.unlink(left)


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
