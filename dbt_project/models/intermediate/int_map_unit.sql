-- Every unit of the territory on every map on which it stands.
with

maps as (
    select * from {{ ref('dim_map') }}
),

units as (
    select * from {{ ref('stg_reference__administrative_units') }}
),

territory as (
    select * from {{ ref('int_office_territory') }}
)

select
    maps.map_date,
    maps.valid_to as map_valid_to,
    units.unit_id,
    units.unit_type,
    units.level as unit_level,
    units.parent_unit_id
from maps
inner join units
    on
        maps.map_date >= units.valid_from
        and (units.valid_to is null or maps.map_date < units.valid_to)
inner join territory on units.unit_id = territory.unit_id
