with

units as (
    select * from {{ ref('stg_reference__administrative_units') }}
)

-- a district reports for its communes; a commune without a district, and a district, for themselves
select
    units.unit_id,
    units.unit_code,
    units.level,
    units.unit_type,
    units.name_vi,
    units.short_name_vi,
    units.parent_unit_id,
    case when units.level <> 'province' then coalesce(districts.unit_id, units.unit_id) end as reported_by_unit_id,
    units.province_code,
    units.district_code,
    units.level = 'commune' and units.unit_type = 'xa' as is_rural_commune,
    units.valid_from,
    units.valid_to,
    units.established_by,
    units.confidence
from units
left join units as districts on units.parent_unit_id = districts.unit_id and districts.level = 'district'
