with

source as (
    select * from {{ source('reference', 'indicator_equivalents') }}
)

select
    cast(source.set_code as string) as set_code,
    cast(source.indicator_no as string) as indicator_no,
    cast(source.part_code as string) as part_code,
    cast(source.from_set_code as string) as from_set_code,
    cast(source.from_indicator_no as string) as from_indicator_no,
    cast(source.from_part_code as string) as from_part_code,
    cast(source.confidence as string) as confidence
from source
