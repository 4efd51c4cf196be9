with

units as (
    select * from {{ ref('stg_reference__administrative_units') }}
)

select
    units.unit_id,
    units.unit_code,
    units.level,
    units.unit_type,
    units.name_vi,
    units.short_name_vi,
    units.parent_unit_id,
    units.province_code,
    units.district_code,
    units.level = 'commune' and units.unit_type = 'xa' as is_rural_commune,
    units.valid_from,
    units.valid_to,
    units.established_by,
    units.confidence
from units
