"""One figure, right or refused: at a clock, on a map, by what one likes, beside it of how many units it speaks.

Belongs here: adding the rows that speak. Does not belong here: which rows these are (figure_rows.py), what may not be
added (figure_refusals.py), published ratios (figure_ratio.py), the map's arithmetic (map_macros.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ingest.settings import Settings
from publish import figure_refusals as refusals
from publish.build import Build, current_build
from publish.figure_before import placed_after_reports, stands_before
from publish.figure_question import (
    NOT_DIVIDED_VI,
    PLACES,
    Coverage,
    Figure,
    FigureRefused,
    Line,
    Map,
    Measure,
    Question,
)
from publish.figure_ratio import ratio, refuse_as_ratio
from publish.figure_rows import clock_of, closed_units, columns_of, coverage_of, earlier_of_year, rows_of, typed
from publish.map_macros import amounts_on_map

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def ask(settings: Settings, question: Question) -> Figure:
    """The figure as the current build tells it. Raises FigureRefused where an answer would be wrong or is not there."""
    import duckdb

    build = current_build(settings)
    if build is None:
        raise FigureRefused("Nothing is published yet. Run `uv run ntm run` (or `uv run ntm demo`) first.")
    refusals.refuse_unknowable(question, settings.now)
    with duckdb.connect(str(build.database), read_only=True) as con:
        con.execute("set TimeZone = 'UTC'")
        periods = refusals.periods_named(con, question.periods)
        mart, dot, column = question.name.partition(".")
        measure = refusals.measure_named(con, mart, column) if dot else None
        if measure is not None:
            refusals.refuse_wrong_sum(measure, question, periods)
        else:
            refuse_as_ratio(question, periods)
        refusals.refuse_mixed_maps(question, periods)
        on_map = map_asked(con, question, periods)
        refusals.refuse_unreported_places(question, on_map is None or on_map.is_own, not on_map or on_map.has_districts)
        if measure is None:
            return ratio(con, build, question, periods[0].period_id, on_map)
        return _amount(con, build, question, periods, on_map, measure)


def map_asked(con: DuckDBPyConnection, question: Question, periods: Sequence[refusals.Period]) -> Map | None:
    """The map asked for, else that of the periods; None where no period is named or they have several."""
    own = {period.map_date for period in periods}
    day = question.on_map or (max(filter(None, own)) if len(own) == 1 and None not in own else None)
    if day is None:
        return None
    found = con.execute(
        "select map_date, label_vi, coalesce(district_count, 0) > 0 from marts.dim_map "
        "where map_date <= $day and (valid_to is null or $day < valid_to)",
        {"day": day},
    ).fetchone()
    if found is None:
        first = con.execute("select min(map_date) from marts.dim_map").fetchall()[0][0]
        raise FigureRefused(f"There is no map of {day}: the register of units begins on {first}.")
    return Map(found[0], found[1], found[2], own == {found[0]})


def _amount(
    con: DuckDBPyConnection,
    build: Build,
    question: Question,
    periods: Sequence[refusals.Period],
    on_map: Map | None,
    measure: Measure,
) -> Figure:
    names = tuple(period.period_id for period in periods)
    if not names and not measure.is_register:
        raise FigureRefused(f"{question.name} is a figure of a period: name one with --period.")
    coverage = coverage_of(con, question, names, measure.mart)
    _refuse_silence(con, question, names, coverage)
    rows = rows_of(con, question, measure, names)
    expressions = _by(con, question, measure, rows)
    if on_map is not None and not on_map.is_own:
        _refuse_unstated_rule(con, question, rows, on_map.map_date)
        placed = _on_other_map(con, question, measure, rows, on_map.map_date, periods)
    else:
        unit = "unit_id" if "unit_id" in columns_of(con, rows, question) else "cast(null as varchar)"
        placed = (
            f"select * exclude (map_figure), {unit} as map_unit_id, map_figure as map_amount, 'own' as map_basis_code, "
            f"true as map_is_exact, cast(null as varchar) as map_people_period_id from ({typed(rows, question)})"
        )
    con.execute(f"create or replace temp table placed as {placed}")
    keys = ", ".join(expressions) or "null"
    lines = con.execute(
        f"""
        select {keys}, sum(placed.map_amount)
        from placed left join marts.dim_administrative_unit as units on placed.map_unit_id = units.unit_id
        group by all
        order by all
        """
    ).fetchall()
    total, not_divided, told_before, exact, people = con.execute(
        "select sum(map_amount), sum(map_amount) filter (where map_unit_id is null and map_basis_code <> 'own'), "
        "sum(map_amount) filter (where map_basis_code = 'reported'), "
        "coalesce(bool_and(map_is_exact or map_amount is null or map_amount = 0), true), "
        "list(distinct map_people_period_id) filter (where map_people_period_id is not null) from placed"
    ).fetchall()[0]
    is_sum = _is_sum(measure, question, periods)
    return Figure(
        name=question.name,
        label_vi=measure.label_vi,
        additivity=measure.additivity,
        unit_vi=None,
        periods=names,
        clock=clock_of(question),
        known_at=question.known_at,
        map_date=on_map.map_date if on_map else None,
        map_label_vi=on_map.label_vi if on_map else None,
        is_own_map=on_map is None or on_map.is_own,
        split=question.split,
        people_periods=tuple(sorted(people or ())),
        by=question.by,
        lines=tuple(Line(tuple(row[: len(question.by)]), row[-1]) for row in lines) if question.by else (),
        total=total if is_sum else None,
        not_divided=not_divided if is_sum else None,
        told_before=told_before if is_sum else None,
        is_exact=exact,
        coverage=coverage,
        at_lock_total=_at_lock_total(con, question, measure, names) if is_sum else None,
        build_id=build.build_id,
    )


def _on_other_map(
    con: DuckDBPyConnection,
    question: Question,
    measure: Measure,
    rows: str,
    map_date: date,
    periods: Sequence[refusals.Period],
) -> str:
    """A select of the rows with their amounts on another map."""
    earlier = earlier_of_year(con, periods) if question.split == "population" and stands_before(measure) else ()
    if not earlier:
        return amounts_on_map(typed(rows, question), f"date '{map_date}'", f"'{question.split or 'none'}'")
    before = replace(question, periods=earlier, only={})
    told = typed(rows_of(con, before, measure, earlier), before)
    return placed_after_reports(con, measure, typed(rows, question), told, map_date)


def _is_sum(measure: Measure, question: Question, periods: Sequence[refusals.Period]) -> bool:
    if "period" not in question.by and not set(measure.within) & set(question.by):
        return True
    without = replace(question, by=tuple(key for key in question.by if key != "period" and key not in measure.within))
    try:
        refusals.refuse_wrong_sum(measure, without, periods)
    except FigureRefused:
        return False
    return True


def _by(con: DuckDBPyConnection, question: Question, measure: Measure, rows: str) -> list[str]:
    """One SQL expression per key asked for. Raises FigureRefused for a column that the fact does not have."""
    columns = columns_of(con, rows, question)
    places = {
        "unit": "coalesce(placed.map_unit_id || ' ' || units.name_vi, '{}')",
        "district": "coalesce(units.district_code, '{}')",
        "province": "coalesce(units.province_code, '{}')",
    }
    expressions = []
    for column in question.only:
        if column not in columns:
            raise FigureRefused(f"{measure.mart} has no column {column!r}.{refusals.near(column, columns)}")
    for key in question.by:
        if key in PLACES:
            if "unit_id" not in columns:
                raise FigureRefused(f"{measure.mart} has no place: its figures cannot be told by {key}.")
            expressions.append(places[key].format(NOT_DIVIDED_VI))
            continue
        names = ("reporting_period_id",) if key == "period" else (key, f"{key}_code", f"{key}_id")
        held = next((name for name in names if name in columns and name != "map_figure"), None)
        if held is None:
            raise FigureRefused(f"{measure.mart} has no column {key!r}.{refusals.near(key, columns)}")
        expressions.append(f"coalesce(cast(placed.\"{held}\" as varchar), '')")
    if question.on_map is not None and "unit_id" not in columns:
        raise FigureRefused(f"{measure.mart} has no place: its figures stand on no map.")
    return expressions


def _refuse_unstated_rule(con: DuckDBPyConnection, question: Question, rows: str, map_date: date) -> None:
    found = con.execute(
        f"""
        select distinct units.unit_id || ' ' || units.name_vi, bridge.people_period_id
        from ({typed(rows, question)}) as rows
        inner join marts.dim_reporting_period as periods on rows.reporting_period_id = periods.reporting_period_id
        inner join marts.dim_map as maps
            on periods.data_to >= maps.map_date and (maps.valid_to is null or periods.data_to < maps.valid_to)
        inner join marts.bridge_unit_map as bridge
            on maps.map_date = bridge.from_map_date and rows.unit_id = bridge.from_unit_id
            and bridge.to_map_date = date '{map_date}' and bridge.target_count > 1 and bridge.stated_share is null
        inner join marts.dim_administrative_unit as units on rows.unit_id = units.unit_id
        where rows.map_figure <> 0
        order by 1
        """
    ).fetchall()
    units = list(dict.fromkeys(unit for unit, _ in found))
    refusals.refuse_unstated_rule(question, units, sorted({period for _, period in found if period}))


def _refuse_silence(
    con: DuckDBPyConnection, question: Question, periods: Sequence[str], coverage: Sequence[Coverage]
) -> None:
    for period in periods:
        told = next((of for of in coverage if of.period == period), None)
        if told is not None and told.reported:
            continue
        if question.at_lock and not (told and told.closed):
            raise FigureRefused(f"{period} was never closed: there is no figure at its lock. Leave --at-lock out.")
        first = con.execute(
            "select min(known_from) from marts.fct_submission_part where reporting_period_id = ?", [period]
        ).fetchall()[0][0]
        known = con.execute("select distinct reporting_period_id from marts.fct_submission_part order by 1").fetchall()
        if first is not None and question.known_at is not None and question.known_at < first:
            raise FigureRefused(f"Nothing was known of {period} by then: its first report came at {first.isoformat()}.")
        raise FigureRefused(
            f"Nobody has reported this for {period}. There are reports for {', '.join(name for (name,) in known)}."
        )


def _at_lock_total(
    con: DuckDBPyConnection, question: Question, measure: Measure, periods: tuple[str, ...]
) -> Decimal | None:
    """The same total at lock, beside the one known now; None where a period was never closed or keeps no versions."""
    if question.at_lock or question.known_at or not periods or set(periods) - set(closed_units(con)):
        return None
    locked = replace(question, at_lock=True)
    try:
        rows = rows_of(con, locked, measure, periods)
    except FigureRefused:
        return None
    total = con.execute(f"select sum(map_figure) from ({typed(rows, locked)})").fetchall()[0][0]
    return None if total is None else Decimal(total)
