with

source as (
    select * from {{ source('reference', 'code_lists') }}
)

select
    cast(source.list_code as string) as list_code,
    cast(source.code as string) as code,
    cast(source.label_vi as string) as label_vi,
    cast(source.label_en as string) as label_en,
    cast(source.aliases as string) as aliases,
    cast(source.sort_order as int) as sort_order
from source
