with

source as (
    select * from {{ source('reference', 'status_bands') }}
)

select
    cast(source.set_code as string) as set_code,
    cast(source.band_code as string) as band_code,
    cast(source.label_vi as string) as label_vi,
    cast(source.criteria_from as int) as criteria_from,
    cast(source.criteria_to as int) as criteria_to,
    cast(source.sort_order as int) as sort_order
from source
