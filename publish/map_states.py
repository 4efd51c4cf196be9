"""Published ratios and standings on the map of a day, as SQL: ratios are made of parts, standings never passed on.

Does not belong here: amounts (map_macros.py).
"""

from __future__ import annotations

from publish.map_units import units_on_map


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
