"""Table macros that put figures on the map of a day: units, amounts, published ratios, standings.

Belongs here: their SQL, which `ntm figure` speaks too. An amount of a unit that is several units on the other map is
divided by a stated rule or stays on a row without a unit, so totals are the same on every map; a ratio is made of its
parts, a standing is never passed on. Does not belong here: the bridge itself (dbt: bridge_unit_map), making macros in a
file (macros.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publish.table_macro import TableMacro

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

RULES = ("none", "population")

_KNOWN_RULE = (
    "case when rule in ('none', 'population') then rule "
    "else error('A unit is divided by population or none; the areas of units are not in reference data.') end"
)


def units_on_map(on_date: str, rule: str) -> str:
    """Select: from every unit of every map to its units on the map of a day.

    `to_unit_id` is null where the rule does not say which; `weight` of `weight_total` is the part, whole numbers.
    """
    return f"""
    with target as (
        select map_date
        from marts.dim_map
        where map_date <= cast({on_date} as date)
            and (valid_to is null or cast({on_date} as date) < valid_to)
    ),
    asked as (select {rule} as rule_code),
    ways as (
        select
            bridge.*,
            asked.rule_code,
            case
                when bridge.target_count = 1 then 'whole'
                when bridge.stated_share is not null then 'stated'
                when asked.rule_code = 'population' and bridge.people_count is not null then 'population'
                when asked.rule_code = 'population' then 'people_unknown'
                else 'not_divided'
            end as basis_code
        from marts.bridge_unit_map as bridge
        cross join asked
        where bridge.to_map_date = coalesce(
            (select map_date from target),
            error('There is no map of that day: the register of units begins later.')
        )
    )
    select
        from_map_date,
        from_unit_id,
        to_map_date as map_date,
        to_unit_id,
        relation_code,
        target_count,
        is_same_unit,
        is_exact,
        basis_code,
        case when basis_code = 'population' then people_period_id end as people_period_id,
        cast(case basis_code
            when 'whole' then 1 when 'stated' then stated_share * 10000 else people_count
        end as hugeint) as weight,
        cast(sum(case basis_code
            when 'whole' then 1 when 'stated' then stated_share * 10000 else people_count
        end) over (partition by from_map_date, from_unit_id) as hugeint) as weight_total
    from ways
    where basis_code not in ('people_unknown', 'not_divided')
    union all
    select distinct
        from_map_date, from_unit_id, to_map_date, cast(null as varchar), relation_code, target_count,
        false, false, basis_code, cast(null as varchar), cast(1 as hugeint), cast(1 as hugeint)
    from ways
    where basis_code in ('people_unknown', 'not_divided')
    """


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


def metrics_on_map(on_date: str) -> str:
    """Select: published ratios by unit on the map of a day, each made of the parts of the units that it is made of.

    It speaks of `part_count` of the `source_count` units that the unit is made of. What would have to be divided keeps
    its parts on a row without a unit and without a value. Ratios of marks have no rows: marks are not passed on.
    """
    return f"""
    with parts as (
        select
            metrics.metric_code,
            metrics.reporting_period_id,
            maps.map_date as from_map_date,
            metrics.area_id,
            metrics.numerator,
            metrics.denominator
        from marts.fct_metric as metrics
        inner join marts.dim_metric as words on metrics.metric_code = words.metric_code and words.is_on_maps
        inner join marts.dim_reporting_period as periods using (reporting_period_id)
        inner join marts.dim_map as maps
            on periods.data_to >= maps.map_date and (maps.valid_to is null or periods.data_to < maps.valid_to)
        where metrics.area_level = 'commune'
    ),
    ways as ({units_on_map(on_date, "'none'")}),
    made as (
        select ways.from_map_date, ways.to_unit_id, count(*) as source_count
        from ways
        inner join marts.dim_administrative_unit as units on ways.from_unit_id = units.unit_id
        where units.level = 'commune'
        group by all
    )
    select
        parts.metric_code,
        parts.reporting_period_id,
        ways.map_date,
        ways.to_unit_id as unit_id,
        sum(parts.numerator) as numerator,
        sum(parts.denominator) as denominator,
        count(*) as part_count,
        case when ways.to_unit_id is not null then max(made.source_count) end as source_count,
        cast(case when ways.to_unit_id is not null then
            sum(parts.numerator) * max(case when words.unit = '%' then 100 else 1 end)
            / nullif(sum(parts.denominator), 0)
        end as decimal(18, 4)) as value
    from parts
    inner join marts.dim_metric as words on parts.metric_code = words.metric_code
    left join ways on parts.from_map_date = ways.from_map_date and parts.area_id = ways.from_unit_id
    left join made on parts.from_map_date = made.from_map_date and ways.to_unit_id is not distinct from made.to_unit_id
    group by parts.metric_code, parts.reporting_period_id, ways.map_date, ways.to_unit_id
    """


def standings_on_map(on_date: str) -> str:
    """Select: standings by commune on the map of a day, in each set that judges communes and period that has standings.

    A unit that is not the same there is `to_be_reassessed`, with the standing of what it was (or became) in `origins`;
    a ward or township that communes went into is `out_of_scope`.
    """
    return f"""
    with ways as (
        select bridge.*
        from marts.bridge_unit_map as bridge
        inner join marts.dim_map as maps
            on bridge.to_map_date = maps.map_date
            and maps.map_date <= cast({on_date} as date)
            and (maps.valid_to is null or cast({on_date} as date) < maps.valid_to)
        inner join marts.dim_administrative_unit as units on bridge.from_unit_id = units.unit_id
        where units.level = 'commune'
    ),
    spoken as (
        select distinct
            standings.reporting_period_id, standings.criteria_set_code, maps.map_date as from_map_date
        from marts.fct_unit_standing as standings
        inner join marts.dim_reporting_period as periods using (reporting_period_id)
        inner join marts.dim_map as maps
            on periods.data_to >= maps.map_date and (maps.valid_to is null or periods.data_to < maps.valid_to)
        where standings.subject_level = 'commune'
    ),
    origins as (
        select
            spoken.reporting_period_id,
            spoken.criteria_set_code,
            ways.to_map_date,
            ways.to_unit_id,
            ways.is_same_unit,
            was.name_vi as was_name_vi,
            was.unit_id as was_unit_id,
            standings.standing,
            standings.title_code,
            standings.criteria_met_declared
        from spoken
        inner join ways on spoken.from_map_date = ways.from_map_date
        inner join marts.dim_administrative_unit as was on ways.from_unit_id = was.unit_id
        left join marts.fct_unit_standing as standings
            on spoken.reporting_period_id = standings.reporting_period_id
            and spoken.criteria_set_code = standings.criteria_set_code
            and was.unit_id = standings.unit_id
    )
    select
        origins.reporting_period_id,
        origins.criteria_set_code,
        origins.to_map_date as map_date,
        origins.to_unit_id as unit_id,
        bool_and(origins.is_same_unit) as is_same_unit,
        case
            when bool_and(origins.is_same_unit) then max(origins.standing)
            when not bool_or(units.is_rural_commune) then 'out_of_scope'
            else 'to_be_reassessed'
        end as standing,
        case when bool_and(origins.is_same_unit) then max(origins.title_code) end as title_code,
        case when bool_and(origins.is_same_unit) then max(origins.criteria_met_declared) end as criteria_met_declared,
        count(*) as origin_count,
        count(*) filter (where origins.standing = 'recognised') as recognised_origin_count,
        string_agg(
            origins.was_name_vi || ': ' || coalesce(origins.standing, 'không xét')
            || coalesce(' (' || origins.title_code || ')', ''), '; ' order by origins.was_unit_id
        ) as origins
    from origins
    inner join marts.dim_administrative_unit as units on origins.to_unit_id = units.unit_id
    group by origins.reporting_period_id, origins.criteria_set_code, origins.to_map_date, origins.to_unit_id
    having count(origins.standing) > 0 or bool_or(units.is_rural_commune)
    """


def map_macros(con: DuckDBPyConnection, tables: frozenset[str]) -> Iterator[TableMacro]:
    """What the map of a day makes of units, amounts, ratios and standings; nothing without the bridge between maps."""
    if "bridge_unit_map" not in tables:
        return
    day, rule = "on_date", f"({_KNOWN_RULE})"
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
