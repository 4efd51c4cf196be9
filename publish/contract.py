"""The contract of the marts: which tables and columns of which type readers were promised, and what may break it.

Belongs here: comparing what was published with what would be, and the migrations that a change of promise must declare
(publish/migrations/*.yml). Does not belong here: carrying a migration out (postgres/tables.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MIGRATIONS = Path(__file__).parent / "migrations"

# table -> column -> type as DuckDB writes it, in the order of the columns
Contract = Mapping[str, Mapping[str, str]]


class ContractBroken(RuntimeError):
    """Something promised would be gone or of another type, and no migration says so; the message names each."""


class InvalidMigration(ValueError):
    """A file of migrations cannot be read as one; the message names the file."""


@dataclass(frozen=True)
class Migration:
    """One declared change. `new_name` of a renamed column; a table goes where `column` is None.

    `release`: the release of this project that brings the change; what goes is kept in PostgreSQL until the next one.
    """

    release: str
    table: str
    column: str | None
    new_name: str | None = None
    new_type: str | None = None


def contract_of(con: DuckDBPyConnection, database: str, schema: str) -> dict[str, dict[str, str]]:
    """The tables of a schema of an attached DuckDB file."""
    found = con.execute(
        "select c.table_name, c.column_name, c.data_type from duckdb_columns() as c "
        "inner join duckdb_tables() as t using (database_name, schema_name, table_name) "
        "where c.database_name = ? and c.schema_name = ? order by c.table_name, c.column_index",
        [database, schema],
    ).fetchall()
    contract: dict[str, dict[str, str]] = {}
    for table, column, data_type in found:
        contract.setdefault(table, {})[column] = data_type
    return contract


def published_contract(database: Path) -> dict[str, dict[str, str]]:
    """The tables of a published file."""
    return stored_contract(database, "main")


def stored_contract(database: Path, schema: str) -> dict[str, dict[str, str]]:
    """The tables of a schema of a DuckDB file."""
    import duckdb

    with duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}) as con:
        con.execute(f"attach '{str(database).replace(chr(39), chr(39) * 2)}' as stored (read_only)")
        return contract_of(con, "stored", schema)


def refuse_breaks(before: Contract, after: Contract, migrations: tuple[Migration, ...]) -> None:
    """Raises ContractBroken where `after` lacks or retypes what `before` promised and no migration declares it."""
    broken = list(_breaks(before, after, migrations))
    if broken:
        raise ContractBroken(
            "The contract of the marts would be broken; nothing is published:\n"
            + "\n".join(f"  - {one}" for one in broken)
            + f"\nGive it back, or declare it in publish/{MIGRATIONS.name}/ (see the README there)."
        )


def _breaks(before: Contract, after: Contract, migrations: tuple[Migration, ...]) -> Iterator[str]:
    gone = {(one.table, one.column): one for one in migrations if one.new_type is None}
    retyped = {(one.table, one.column, one.new_type) for one in migrations if one.new_type is not None}
    for table, columns in before.items():
        if table not in after:
            if (table, None) not in gone:
                yield f"table {table} is gone"
            continue
        now = after[table]
        for column, data_type in columns.items():
            declared = gone.get((table, column))
            if column not in now and declared is None:
                yield f"column {table}.{column} ({data_type}) is gone{_perhaps_renamed(columns, now, data_type)}"
            elif column not in now and declared and declared.new_name and declared.new_name not in now:
                yield f"column {table}.{column} is declared to become {declared.new_name}, which is not there"
            elif column in now and now[column] != data_type and (table, column, now[column]) not in retyped:
                yield f"column {table}.{column} was {data_type} and would be {now[column]}"


def _perhaps_renamed(before: Mapping[str, str], now: Mapping[str, str], data_type: str) -> str:
    new = [column for column, of_type in now.items() if column not in before and of_type == data_type]
    return f"; new there: {', '.join(new)}" if new else ""


def declared_migrations(folder: Path = MIGRATIONS) -> tuple[Migration, ...]:
    """Every declared change, file by file in the order of their names. Raises InvalidMigration."""
    return tuple(migration for path in sorted(folder.glob("*.yml")) for migration in _read(path))


def _read(path: Path) -> Iterator[Migration]:
    import yaml

    try:
        content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        release = str(content["release"])
        release_number(release)
        for change in content["changes"]:
            yield from _changes(release, dict(change))
    except (KeyError, TypeError, ValueError, AttributeError, yaml.YAMLError) as error:
        raise InvalidMigration(f"{path.name}: {type(error).__name__}: {error}") from error


def _changes(release: str, change: dict[str, Any]) -> Iterator[Migration]:
    table = str(change.pop("table"))
    for old, new in dict(change.pop("rename", {})).items():
        yield Migration(release, table, str(old), new_name=str(new))
    for column, data_type in dict(change.pop("retype", {})).items():
        yield Migration(release, table, str(column), new_type=str(data_type))
    for column in change.pop("drop", ()):
        yield Migration(release, table, str(column))
    if change.pop("drop_table", False):
        yield Migration(release, table, None)
    if change:
        raise ValueError(f"nothing is known of {', '.join(change)}")


def release_number(release: str) -> tuple[int, ...]:
    """`0.2.1` as numbers that can be compared."""
    return tuple(int(part) for part in release.split("."))


def current_release() -> str:
    """The release of this project, as it is installed."""
    from importlib.metadata import version

    return version("ntm-warehouse")
