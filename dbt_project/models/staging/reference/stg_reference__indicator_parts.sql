with

source as (
    select * from {{ source('reference', 'indicator_parts') }}
)

select
    cast(source.set_code as string) as set_code,
    cast(source.indicator_no as string) as indicator_no,
    cast(source.part_code as string) as part_code,
    cast(source.part_name_vi as string) as part_name_vi,
    cast(source.value_kind as string) as value_kind,
    cast(source.unit as string) as unit,
    cast(source.direction as string) as direction,
    cast(source.decides_verdict as boolean) as decides_verdict
from source
