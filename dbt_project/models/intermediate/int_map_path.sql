-- From every unit of a map to what it is on any other map, step by step in one direction.
with recursive

units as (
    select * from {{ ref('int_map_unit') }}
),

steps as (
    select * from {{ ref('int_map_step') }}
),

paths as (
    select
        steps.direction,
        steps.from_map_date,
        steps.from_unit_id,
        steps.to_map_date,
        steps.to_unit_id,
        steps.share,
        steps.is_same_unit,
        steps.is_boundary_changed
    from steps
    union all
    select
        paths.direction,
        paths.from_map_date,
        paths.from_unit_id,
        steps.to_map_date,
        steps.to_unit_id,
        cast(paths.share * steps.share as decimal(18, 4)) as share,
        paths.is_same_unit and steps.is_same_unit as is_same_unit,
        paths.is_boundary_changed or steps.is_boundary_changed as is_boundary_changed
    from paths
    inner join steps
        on
            paths.direction = steps.direction
            and paths.to_map_date = steps.from_map_date
            and paths.to_unit_id = steps.from_unit_id
),

-- parts may meet again further on
met as (
    select
        paths.from_map_date,
        paths.from_unit_id,
        paths.to_map_date,
        paths.to_unit_id,
        case when count(*) = count(paths.share) then sum(paths.share) end as share,
        max(case when paths.is_same_unit then 1 else 0 end) = 1 as is_same_unit,
        max(case when paths.is_boundary_changed then 1 else 0 end) = 1 as is_boundary_changed
    from paths
    group by paths.from_map_date, paths.from_unit_id, paths.to_map_date, paths.to_unit_id
),

-- a district that has ended stands where its communes stand: its own figures are divided among them
divided as (
    select distinct
        districts.map_date as from_map_date,
        districts.unit_id as from_unit_id,
        met.to_map_date,
        met.to_unit_id
    from units as districts
    inner join units as communes
        on
            districts.map_date = communes.map_date
            and districts.unit_id = communes.parent_unit_id
    inner join met
        on
            communes.map_date = met.from_map_date
            and communes.unit_id = met.from_unit_id
    where
        districts.unit_level = 'district'
        and not exists (
            select 1
            from met as own
            where
                own.from_map_date = districts.map_date
                and own.from_unit_id = districts.unit_id
                and own.to_map_date = met.to_map_date
        )
),

ways as (
    select
        units.map_date as from_map_date,
        units.unit_id as from_unit_id,
        units.map_date as to_map_date,
        units.unit_id as to_unit_id,
        cast(1 as decimal(18, 4)) as share,
        true as is_same_unit,
        false as is_boundary_changed,
        false as is_district_divided
    from units
    union all
    select
        met.from_map_date,
        met.from_unit_id,
        met.to_map_date,
        met.to_unit_id,
        cast(met.share as decimal(18, 4)) as share,
        met.is_same_unit,
        met.is_boundary_changed,
        false as is_district_divided
    from met
    union all
    select
        divided.from_map_date,
        divided.from_unit_id,
        divided.to_map_date,
        divided.to_unit_id,
        cast(null as decimal(18, 4)) as share,
        false as is_same_unit,
        false as is_boundary_changed,
        true as is_district_divided
    from divided
),

summed as (
    select
        from_map_date,
        from_unit_id,
        to_map_date,
        count(*) as target_count,
        count(share) as share_count,
        sum(share) as share
    from ways
    group by from_map_date, from_unit_id, to_map_date
)

select
    ways.from_map_date,
    ways.from_unit_id,
    ways.to_map_date,
    ways.to_unit_id,
    ways.share,
    ways.is_same_unit,
    ways.is_boundary_changed,
    ways.is_district_divided,
    summed.target_count,
    summed.share_count = summed.target_count and summed.share = 1 as is_share_stated
from ways
inner join summed
    on
        ways.from_map_date = summed.from_map_date
        and ways.from_unit_id = summed.from_unit_id
        and ways.to_map_date = summed.to_map_date
