with

reporting_units as (
    select * from {{ ref('stg_reference__reporting_units') }}
)

select
    reporting_units.reporting_unit_id,
    reporting_units.unit_id,
    reporting_units.province_code,
    reporting_units.unit_kind,
    reporting_units.unit_type,
    reporting_units.name_vi,
    reporting_units.valid_from,
    reporting_units.valid_to
from reporting_units
