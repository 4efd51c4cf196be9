with

source as (
    select * from {{ source('reference', 'title_sets') }}
)

select
    cast(source.title_code as string) as title_code,
    cast(source.stage as string) as stage,
    cast(source.set_code as string) as set_code,
    cast(source.province_code as string) as province_code
from source
