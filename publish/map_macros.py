"""Table macros that put figures on the map of a day: units, amounts, published ratios, standings.

Belongs here: their SQL, which `ntm figure` speaks too. An amount of a unit that is several units on the other map is
divided by a stated rule or stays on a row without a unit, so totals are the same on every map; a ratio is made of its
parts, a standing is never passed on. Does not belong here: the bridge itself (dbt: bridge_unit_map), making macros in a
file (macros.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publish.map_states import metrics_on_map, standings_on_map
from publish.map_units import RULE_CHECK, units_on_map
from publish.table_macro import TableMacro

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def amounts_on_map(rows: str, on_date: str, rule: str) -> str:
    """Select: `rows` with `map_unit_id`, `map_amount` and `map_basis_code` in place of their `map_figure`.

    `rows` is a select with reporting_period_id, unit_id and map_figure. A row divided among units comes once for each;
    its parts are whole units of the figure's type (đồng, people) and add up to it (largest remainder).
    """
    return f"""
    with sources as (
        select
            rows.*,
            row_number() over () as map_row,
            maps.map_date as map_from,
            coalesce(
                try_cast(nullif(regexp_extract(typeof(rows.map_figure), ',([0-9]+)\\)', 1), '') as integer), 0
            ) as map_scale
        from ({rows}) as rows
        left join marts.dim_reporting_period as periods on rows.reporting_period_id = periods.reporting_period_id
        left join marts.dim_map as maps
            on periods.data_to >= maps.map_date and (maps.valid_to is null or periods.data_to < maps.valid_to)
    ),
    parted as (
        select
            sources.*,
            ways.to_unit_id as map_unit_id,
            coalesce(ways.basis_code, 'no_place') as map_basis_code,
            coalesce(ways.is_exact, false) as map_is_exact,
            ways.people_period_id as map_people_period_id,
            coalesce(ways.weight_total, 1) as map_weight_total,
            cast(abs(sources.map_figure) * cast(power(10, sources.map_scale) as integer) as hugeint) as map_whole,
            map_whole * coalesce(ways.weight, 1) as map_product
        from sources
        left join ({units_on_map(on_date, rule)}) as ways
            on sources.map_from = ways.from_map_date and sources.unit_id = ways.from_unit_id
    ),
    ranked as (
        select
            parted.*,
            row_number() over (
                partition by map_row order by map_product % map_weight_total desc, map_unit_id
            ) as map_precedence,
            map_whole - sum(map_product // map_weight_total) over (partition by map_row) as map_left_over
        from parted
    )
    select
        * exclude (
            map_row, map_from, map_weight_total, map_whole, map_product, map_precedence, map_left_over, map_scale,
            map_figure
        ),
        cast(
            (case when map_figure < 0 then -1 else 1 end)
            * (map_product // map_weight_total + case when map_precedence <= map_left_over then 1 else 0 end)
            as decimal(30, 0)
        ) * cast(
            case map_scale
                when 0 then 1 when 1 then 0.1 when 2 then 0.01 when 3 then 0.001 when 4 then 0.0001
                when 5 then 0.00001 when 6 then 0.000001
            end as decimal(7, 6)
        ) as map_amount
    from ranked
    """


def map_macros(con: DuckDBPyConnection, tables: frozenset[str]) -> Iterator[TableMacro]:
    """What the map of a day makes of units, amounts, ratios and standings; nothing without the bridge between maps."""
    if "bridge_unit_map" not in tables:
        return
    day, rule = "on_date", f"({RULE_CHECK})"
    yield TableMacro(
        "unit_on_map",
        (day, "rule"),
        units_on_map(day, rule),
        "From every unit of every map to its units on the map of a day; rule population or none says what becomes of "
        "a unit that is several there.",
    )
    if "dim_reporting_period" in tables:
        yield TableMacro(
            "figure_on_map",
            ("mart", "measure", day, "rule"),
            amounts_on_map("select *, measure as map_figure from query_table(mart)", day, rule),
            "Rows of a mart with one of its amounts on the map of a day: figure_on_map('fct_funding', disbursed_vnd, "
            "date '2025-07-01', 'none').",
        )
    if {"fct_metric", "dim_metric"} <= tables:
        yield TableMacro(
            "metric_on_map",
            (day,),
            metrics_on_map(day),
            "Published ratios by unit on the map of a day, made of the parts of the units that it is made of.",
        )
    if "fct_unit_standing" in tables:
        yield TableMacro(
            "standing_on_map",
            (day,),
            standings_on_map(day),
            "Standings by commune on the map of a day; a unit that is not the same there is to be reassessed.",
        )
