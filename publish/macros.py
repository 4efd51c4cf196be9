"""Table macros of the published file: what an analyst calls beside its tables, such as fct_funding__known_at(instant).

Belongs here: their SQL, made from what the marts say of themselves, and their making. A macro names its tables as
`marts.<table>`: the file answers whether it is opened alone or attached under the name `marts`. Does not belong here:
the tables (dbt_project), writing the file (publication.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from publish.map_macros import map_macros
from publish.table_macro import TableMacro

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

HISTORIES = "dim_history"

Maker = Callable[["DuckDBPyConnection", frozenset[str]], Iterator[TableMacro]]


def clock_macros(con: DuckDBPyConnection, tables: frozenset[str]) -> Iterator[TableMacro]:
    """Of every fact with a history: as known at an instant, and as known when its periods were last closed."""
    if HISTORIES not in tables:
        return
    found = con.execute(
        f"select fact, history, register_key, last_of from marts.{HISTORIES} order by sort_order"
    ).fetchall()
    for fact, history, register_key, last_of in found:
        as_known = (
            "where parts.known_from <= cast(instant as timestamptz) "
            "and (parts.known_to is null or parts.known_to > cast(instant as timestamptz))"
        )
        yield TableMacro(
            f"{fact}__known_at",
            ("instant",),
            _known_rows(history, register_key, last_of, as_known),
            f"Rows of {history} that the office knew at an instant, whatever came later.",
        )
        at_lock = (
            "inner join marts.fct_period_lock as locks on history.reporting_period_id = locks.reporting_period_id "
            "and history.reporting_unit_id = locks.reporting_unit_id "
            "where parts.known_from <= locks.closed_at and (parts.known_to is null or parts.known_to > locks.closed_at)"
        )
        yield TableMacro(
            f"{fact}__at_lock",
            (),
            _known_rows(history, register_key, last_of, at_lock),
            f"Rows of {history} that the office knew when their period was last closed for their unit; "
            "none of a period that was never closed.",
        )


# What the published file offers; a maker reads `marts.<table>` and is told which tables there are.
MAKERS: tuple[Maker, ...] = (clock_macros, map_macros)


def create_macros(con: DuckDBPyConnection) -> tuple[str, ...]:
    """Make every macro in the attached catalog `marts`; their names, in the order made."""
    found = con.execute("select table_name from duckdb_tables() where database_name = 'marts'").fetchall()
    tables = frozenset(name for (name,) in found)
    names = []
    for maker in MAKERS:
        for macro in maker(con, tables):
            con.execute(f"create macro marts.main.{macro.name}({', '.join(macro.parameters)}) as table {macro.query}")
            con.execute(f"comment on macro table marts.main.{macro.name} is {_text(macro.comment)}")
            names.append(macro.name)
    return tuple(names)


def _known_rows(history: str, register_key: str | None, last_of: str | None, condition: str) -> str:
    """Rows of a history whose part meets a condition; of a register, the row that speaks for each entry."""
    rows = (
        f"select history.* from marts.{history} as history "
        "inner join marts.fct_submission_part as parts "
        f"on history.judgement_id = parts.judgement_id and history.form = parts.form {condition}"
    )
    if register_key is None:
        return rows
    revision = f"known.{last_of} desc nulls last, " if last_of else ""
    key = ", ".join(f"known.{column}" for column in register_key.split(", "))
    return (
        f"select known.* from ({rows}) as known "
        "inner join marts.dim_reporting_period as periods on known.reporting_period_id = periods.reporting_period_id "
        f"qualify row_number() over (partition by {key} order by {revision}"
        "periods.data_to desc, known.known_at desc, known.submission_id, known.row_id) = 1"
    )


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
