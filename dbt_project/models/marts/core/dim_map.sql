with

units as (
    select * from {{ ref('stg_reference__administrative_units') }}
),

territory as (
    select * from {{ ref('int_office_territory') }}
),

successions as (
    select * from {{ ref('stg_reference__unit_succession') }}
),

-- a day on which something in the territory becomes another
changes as (
    select units.valid_from as map_date
    from territory
    inner join units on territory.unit_id = units.unit_id
    union
    select units.valid_to as map_date
    from territory
    inner join units on territory.unit_id = units.unit_id
    where units.valid_to is not null
    union
    select successions.effective_date as map_date
    from territory
    inner join successions on territory.unit_id in (successions.predecessor_unit_id, successions.successor_unit_id)
),

maps as (
    select
        changes.map_date,
        lead(changes.map_date) over (order by changes.map_date) as valid_to
    from changes
),

instruments as (
    select
        effective_date,
        {{ list_ordered('instrument', 'instrument', 'true') }} as instrument
    from (
        select distinct
            successions.effective_date,
            successions.instrument
        from territory
        inner join successions on territory.unit_id = successions.predecessor_unit_id
    ) as named
    group by effective_date
),

counted as (
    select
        maps.map_date,
        sum(case when units.level = 'district' then 1 else 0 end) as district_count,
        sum(case when units.level = 'commune' then 1 else 0 end) as commune_count,
        sum(case when units.level = 'commune' and units.unit_type = 'xa' then 1 else 0 end) as rural_commune_count
    from maps
    inner join territory on territory.is_of_office
    inner join units
        on
            territory.unit_id = units.unit_id
            and maps.map_date >= units.valid_from
            and (units.valid_to is null or maps.map_date < units.valid_to)
    group by maps.map_date
)

select
    maps.map_date,
    maps.valid_to,
    'Bản đồ hành chính từ ' || substring(cast(maps.map_date as string), 9, 2) || '/'
    || substring(cast(maps.map_date as string), 6, 2) || '/' || substring(cast(maps.map_date as string), 1, 4)
        as label_vi,
    instruments.instrument,
    cast(counted.district_count as int) as district_count,
    cast(counted.commune_count as int) as commune_count,
    cast(counted.rural_commune_count as int) as rural_commune_count
from maps
left join instruments on maps.map_date = instruments.effective_date
left join counted on maps.map_date = counted.map_date
