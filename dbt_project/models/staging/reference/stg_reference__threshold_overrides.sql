with

source as (
    select * from {{ source('reference', 'threshold_overrides') }}
)

select
    cast(source.set_code as string) as set_code,
    cast(source.attribute_code as string) as attribute_code,
    cast(source.region_code as string) as region_code,
    cast(source.condition_code as string) as condition_code,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
