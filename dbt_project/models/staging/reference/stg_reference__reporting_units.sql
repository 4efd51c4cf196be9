with

source as (
    select * from {{ source('reference', 'reporting_units') }}
)

select
    cast(source.reporting_unit_id as string) as reporting_unit_id,
    cast(source.unit_id as string) as unit_id,
    cast(source.province_code as string) as province_code,
    cast(source.unit_kind as string) as unit_kind,
    cast(source.unit_type as string) as unit_type,
    cast(source.name_vi as string) as name_vi,
    cast(source.valid_from as date) as valid_from,
    cast(source.valid_to as date) as valid_to
from source
