"""A published ratio as an answer: made of its parts, never added, never averaged.

Belongs here: what `ntm figure <metric>` tells. Does not belong here: the definitions (fct_metric.yml).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from publish import figure_refusals as refusals
from publish.build import Build
from publish.figure_question import NOT_DIVIDED_VI, Figure, FigureRefused, Line, Map, Question
from publish.figure_rows import coverage_of
from publish.map_states import metrics_on_map

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AREA_LEVELS = {"unit": "commune", "reporting_unit": "unit"}


def ratio(con: DuckDBPyConnection, build: Build, question: Question, period: str, on_map: Map | None) -> Figure:
    """The ratio by units of a map, by reporting units, or of the province. Raises FigureRefused."""
    found = con.execute(
        "select label_vi, mart, is_on_maps, unit from marts.dim_metric where metric_code = ?", [question.name]
    ).fetchone()
    if found is None:
        codes = con.execute("select metric_code from marts.dim_metric").fetchall()
        hint = refusals.near(question.name, (code for (code,) in codes))
        raise FigureRefused(f"There is no ratio {question.name!r}; a sum is asked as MART.MEASURE.{hint}")
    label, mart, is_on_maps, unit = found
    by_unit = question.by == ("unit",)
    if by_unit and on_map is not None and not on_map.is_own:
        if not is_on_maps:
            raise FigureRefused(
                f"{question.name} ({label}) is not told by commune, or counts marks and titles, which no unit takes "
                "over from another: it has no value on another map. Ask it without --map."
            )
        lines = _on_map(con, question.name, period, f"date '{on_map.map_date}'")
    else:
        lines = _on_own_map(con, question, period, label)
    people = con.execute(
        "select numerator, denominator, value from marts.fct_metric "
        "where metric_code = ? and reporting_period_id = ? and area_level = 'province'",
        [question.name, period],
    ).fetchone()
    if people is None:
        raise FigureRefused(f"There is no {question.name} for {period}: nothing that it is made of was reported.")
    return Figure(
        name=question.name,
        label_vi=label,
        additivity="ratio",
        unit_vi=unit,
        periods=(period,),
        clock="now",
        known_at=None,
        map_date=on_map.map_date if on_map else None,
        map_label_vi=on_map.label_vi if on_map else None,
        is_own_map=on_map is None or on_map.is_own,
        split=None,
        people_periods=(),
        by=question.by or ("province",),
        lines=lines if by_unit or question.by == ("reporting_unit",) else (_of_province(build, people),),
        total=people[2],
        not_divided=None,
        told_before=None,
        is_exact=True,
        coverage=coverage_of(con, question, (period,), mart),
        at_lock_total=None,
        build_id=build.build_id,
    )


def refuse_as_ratio(question: Question, periods: Sequence[refusals.Period]) -> None:
    """Raises FigureRefused for what nobody can ask of a ratio."""
    if len(periods) != 1:
        raise FigureRefused(
            f"{question.name} is a ratio (a sum is asked as MART.MEASURE): it is told for one period, never added over "
            "several, nor averaged. Ask one --period."
        )
    if question.known_at is not None or question.at_lock:
        raise FigureRefused(
            f"{question.name} is made from several facts: its value at a moment needs all marts as known then. Rebuild "
            "them with ntm replay --as-of, and ask there."
        )
    if question.only or question.by not in ((), ("unit",), ("reporting_unit",), ("province",)):
        raise FigureRefused(
            f"{question.name} is told by unit, by reporting_unit or for the province; for other shares, divide amounts "
            "asked as MART.MEASURE."
        )


def _of_province(build: Build, parts: tuple) -> Line:
    numerator, denominator, value = parts
    return Line((build.province_code,), value, numerator, denominator)


def _on_own_map(con: DuckDBPyConnection, question: Question, period: str, label: str) -> tuple[Line, ...]:
    if question.by in ((), ("province",)):
        return ()
    level = AREA_LEVELS[question.by[0]]
    names = "dim_administrative_unit" if level == "commune" else "dim_reporting_unit"
    key = "unit_id" if level == "commune" else "reporting_unit_id"
    found = con.execute(
        f"select metrics.area_id || ' ' || names.name_vi, metrics.value, metrics.numerator, metrics.denominator "
        f"from marts.fct_metric as metrics inner join marts.{names} as names on metrics.area_id = names.{key} "
        "where metric_code = ? and reporting_period_id = ? and area_level = ? order by 1",
        [question.name, period, level],
    ).fetchall()
    if not found:
        raise FigureRefused(f"{question.name} ({label}) is not told by {question.by[0]} for {period}.")
    return tuple(Line((row[0],), *row[1:]) for row in found)


def _on_map(con: DuckDBPyConnection, code: str, period: str, day: str) -> tuple[Line, ...]:
    found = con.execute(
        f"""
        select
            coalesce(ratios.unit_id || ' ' || units.name_vi, '{NOT_DIVIDED_VI}'), ratios.value,
            ratios.numerator, ratios.denominator, ratios.part_count, ratios.source_count
        from ({metrics_on_map(day)}) as ratios
        left join marts.dim_administrative_unit as units on ratios.unit_id = units.unit_id
        where ratios.metric_code = ? and ratios.reporting_period_id = ?
        order by ratios.unit_id nulls last
        """,
        [code, period],
    ).fetchall()
    return tuple(Line((row[0],), *row[1:]) for row in found)
