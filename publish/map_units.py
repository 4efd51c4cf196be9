"""From every unit of every map to its units on the map of a day, as SQL over the bridge between maps.

Belongs here: the rules by which a unit that is several there is divided. Does not belong here: amounts (map_macros.py).
"""

from __future__ import annotations

RULE_CHECK = (
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
