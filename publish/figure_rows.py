"""The rows that speak for a figure: of which version, at which clock, of how many units.

Belongs here: the three clocks (known now, known at an instant, at lock) as SQL over facts and their histories. Does not
belong here: maps and sums (figure.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from publish.figure_question import Coverage, FigureRefused, Measure, Question
from publish.figure_refusals import Period

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CLOCKS = {
    "now": "parts.is_current",
    "known_at": "parts.known_from <= $instant and (parts.known_to is null or parts.known_to > $instant)",
    "at_lock": "parts.known_from <= locks.closed_at and (parts.known_to is null or parts.known_to > locks.closed_at)",
}


def clock_of(question: Question) -> str:
    return "known_at" if question.known_at is not None else "at_lock" if question.at_lock else "now"


def coverage_of(
    con: DuckDBPyConnection, question: Question, periods: Sequence[str], mart: str | None
) -> tuple[Coverage, ...]:
    """Per period the units whose report carries the mart's forms, or declares them nil, of those expected to report."""
    forms = _forms(con, mart)
    locks = _locks_join(con) if question.at_lock else ""
    found = con.execute(
        f"""
        with spoken as (
            select distinct parts.reporting_period_id, parts.reporting_unit_id
            from marts.fct_submission_part as parts {locks}
            where {CLOCKS[clock_of(question)]}
            {"and list_contains($forms, parts.form)" if forms else ""}
        ),
        expected as (
            select reporting_period_id, reporting_unit_id from marts.fct_submission
            union
            select reporting_period_id, reporting_unit_id from spoken
        )
        select
            expected.reporting_period_id,
            count(spoken.reporting_unit_id),
            count(*),
            coalesce(list(units.name_vi order by expected.reporting_unit_id)
                filter (where spoken.reporting_unit_id is null), [])
        from expected
        left join spoken using (reporting_period_id, reporting_unit_id)
        inner join marts.dim_reporting_unit as units using (reporting_unit_id)
        inner join marts.dim_reporting_period as periods on expected.reporting_period_id = periods.reporting_period_id
        where list_contains($periods, expected.reporting_period_id)
        group by expected.reporting_period_id, periods.data_to
        order by periods.data_to
        """,
        {"periods": list(periods)}
        | ({"forms": forms} if forms else {})
        | ({"instant": question.known_at} if question.known_at else {}),
    ).fetchall()
    closed = closed_units(con) if question.at_lock else {}
    return tuple(
        Coverage(period, reported, expected, tuple(missing), closed.get(period, 0) if question.at_lock else None)
        for period, reported, expected, missing in found
    )


def rows_of(con: DuckDBPyConnection, question: Question, measure: Measure, periods: tuple[str, ...]) -> str:
    """A select of the mart's rows that speak at the clock; parameters $periods, $instant."""
    clock, history = clock_of(question), f"{measure.mart}__history"
    if clock == "now" and (not measure.is_register or not periods):
        where = "where list_contains($periods, reporting_period_id)" if periods else ""
        return f"select * from marts.{measure.mart} {where}"
    held = {name for name, *_ in con.execute("select table_name from duckdb_tables()").fetchall()}
    columns = {name for name, *_ in con.execute(f"describe marts.{history}").fetchall()} if history in held else set()
    if measure.measure not in columns:
        raise FigureRefused(
            f"{question.name} is made from several reports, or is not kept by version: its figure at a moment needs "
            "all marts as known then. Rebuild them with ntm replay --as-of, and ask there."
            if clock != "now"
            else f"{question.name} tells the latest state of each row, whenever it was reported. Leave --period out."
        )
    locks = _locks_join(con) if clock == "at_lock" else ""
    where = " and list_contains($periods, rows.reporting_period_id)" if periods else ""
    return (
        f"select rows.* from marts.{history} as rows inner join marts.fct_submission_part as parts "
        f"on rows.judgement_id = parts.judgement_id and rows.form = parts.form {locks} where {CLOCKS[clock]}{where}"
    )


def earlier_of_year(con: DuckDBPyConnection, periods: Sequence[Period]) -> tuple[str, ...]:
    """Periods that closed earlier in the report year of one of these, and are not among them."""
    found = con.execute(
        """
        select distinct earlier.reporting_period_id
        from marts.dim_reporting_period as asked
        inner join marts.dim_reporting_period as earlier
            on asked.year = earlier.year and asked.data_to > earlier.data_to and earlier.period_type <> 'stage'
        where list_contains($periods, asked.reporting_period_id)
            and not list_contains($periods, earlier.reporting_period_id)
        order by 1
        """,
        {"periods": [period.period_id for period in periods]},
    ).fetchall()
    return tuple(name for (name,) in found)


def typed(rows: str, question: Question) -> str:
    """The rows with their figure as map_figure, parameters filled in: the map's SQL knows none."""
    figure = question.name.partition(".")[2]
    periods = "[" + ", ".join(_text(name) for name in question.periods) + "]"
    filled = rows.replace("$periods", periods)
    if question.known_at is not None:
        filled = filled.replace("$instant", f"timestamptz {_text(question.known_at.isoformat())}")
    only = " and ".join(f'cast("{column}" as varchar) = {_text(value)}' for column, value in question.only.items())
    return f'select *, "{figure}" as map_figure from ({filled}) as rows {"where " + only if only else ""}'


def columns_of(con: DuckDBPyConnection, rows: str, question: Question) -> set[str]:
    return {name for name, *_ in con.execute(f"describe {typed(rows, replace(question, only={}))}").fetchall()}


def closed_units(con: DuckDBPyConnection) -> dict[str, int]:
    """Per period that was ever closed, for how many units."""
    return dict(con.execute("select reporting_period_id, count(*) from marts.fct_period_lock group by 1").fetchall())


def _forms(con: DuckDBPyConnection, mart: str | None) -> list[str]:
    held = con.execute("select table_name from duckdb_columns() where column_name = 'form'").fetchall()
    source = next((name for name in (f"{mart}__history", mart) if (name,) in held), None)
    if source is None:
        return []
    found = con.execute(f"select distinct form from marts.{source} where form is not null").fetchall()
    return [form for (form,) in found]


def _locks_join(con: DuckDBPyConnection) -> str:
    return (
        "inner join marts.fct_period_lock as locks on parts.reporting_period_id = locks.reporting_period_id "
        "and parts.reporting_unit_id = locks.reporting_unit_id"
    )


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
