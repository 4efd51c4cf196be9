-- Nothing is lost between maps: a unit of one map is, or is part of, some unit of every other map; shares make a whole.
with

units as (
    select * from {{ ref('int_map_unit') }}
),

maps as (
    select * from {{ ref('dim_map') }}
),

bridge as (
    select * from {{ ref('bridge_unit_map') }}
)

select
    units.map_date,
    units.unit_id,
    maps.map_date as to_map_date,
    count(bridge.to_unit_id) as target_count
from units
cross join maps
left join bridge
    on
        units.map_date = bridge.from_map_date
        and units.unit_id = bridge.from_unit_id
        and maps.map_date = bridge.to_map_date
group by
    units.map_date,
    units.unit_id,
    maps.map_date
having
    count(bridge.to_unit_id) = 0
    or count(bridge.to_unit_id) <> max(bridge.target_count)
    or (count(bridge.stated_share) = count(bridge.to_unit_id) and sum(bridge.stated_share) <> 1)
    or (count(bridge.people_count) not in (0, count(bridge.to_unit_id)))
