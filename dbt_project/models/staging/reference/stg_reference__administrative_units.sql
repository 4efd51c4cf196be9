with

source as (
    select * from {{ source('reference', 'administrative_units') }}
)

select
    cast(source.unit_id as string) as unit_id,
    cast(source.unit_code as string) as unit_code,
    cast(source.level as string) as level,
    cast(source.unit_type as string) as unit_type,
    cast(source.name_vi as string) as name_vi,
    cast(source.short_name_vi as string) as short_name_vi,
    cast(source.parent_unit_id as string) as parent_unit_id,
    cast(source.province_code as string) as province_code,
    cast(source.district_code as string) as district_code,
    cast(source.valid_from as date) as valid_from,
    cast(source.valid_to as date) as valid_to,
    cast(source.established_by as string) as established_by,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
