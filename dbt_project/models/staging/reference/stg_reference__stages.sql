with

source as (
    select * from {{ source('reference', 'stages') }}
)

select
    cast(source.stage_code as string) as stage_code,
    cast(source.name_vi as string) as name_vi,
    cast(source.name_en as string) as name_en,
    cast(source.from_year as int) as from_year,
    cast(source.to_year as int) as to_year,
    cast(source.sort_order as int) as sort_order
from source
