with

source as (
    select * from {{ source('reference', 'provinces_regions') }}
)

select
    cast(source.province_code as string) as province_code,
    cast(source.region_code as string) as region_code,
    cast(source.valid_from as date) as valid_from,
    cast(source.valid_to as date) as valid_to,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
