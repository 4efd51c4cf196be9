"""One connection to PostgreSQL by ADBC, and the quoting of what stands in SQL.

Belongs here: what the rest of the package needs of a driver. Does not belong here: any statement about marts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

LOCK_NOT_AVAILABLE = "55P03"


class PostgresFailed(RuntimeError):
    """PostgreSQL cannot be reached or refuses; the message says what, and never holds the DSN."""


class Session:
    """A transaction at a time: what is not committed is gone when the connection closes."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, statement: str) -> None:
        """Run one statement."""
        with self._connection.cursor() as cursor:
            cursor.execute(statement)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())

    def value(self, query: str) -> Any:
        """The one value of a query of one row and column; None where there is no row."""
        found = self.rows(query)
        return found[0][0] if found else None

    def stage(self, table: str, rows: pa.Table) -> str:
        """A temporary table, seen by this connection alone, that holds the rows; how to name it in SQL."""
        with self._connection.cursor() as cursor:
            cursor.adbc_ingest(table, rows, mode="create", temporary=True)
        return f"pg_temp.{name(table)}"

    def commit(self) -> None:
        self._connection.commit()

    def rollback(self) -> None:
        self._connection.rollback()


@contextmanager
def connected(dsn: str) -> Iterator[Session]:
    """A session, closed at the end. Raises PostgresFailed, also for whatever the driver raises within."""
    from adbc_driver_manager import Error
    from adbc_driver_postgresql import dbapi

    try:
        connection = dbapi.connect(dsn)
    except Error as error:
        raise PostgresFailed(f"PostgreSQL (NTM_POSTGRES_DSN) cannot be reached: {_said(error)}") from None
    try:
        yield Session(connection)
    except Error as error:
        raise PostgresFailed(f"PostgreSQL refused: {_said(error)}") from error
    finally:
        connection.close()


def sqlstate(error: BaseException) -> str:
    """The five characters by which PostgreSQL names an error; empty for other errors."""
    return str(getattr(error, "sqlstate", None) or "")


def name(*parts: str) -> str:
    """A name as SQL writes it, `"schema"."table"`."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def text(value: str | None) -> str:
    """A text as SQL writes it."""
    return "null" if value is None else "'" + value.replace("'", "''") + "'"


def texts(values: Iterable[str]) -> str:
    """Several texts, with commas between them; `null` where there are none."""
    return ", ".join(text(value) for value in values) or "null"


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())
