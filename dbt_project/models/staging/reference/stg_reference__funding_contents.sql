with

source as (
    select * from {{ source('reference', 'funding_contents') }}
)

select
    cast(source.content_code as string) as content_code,
    cast(source.name_vi as string) as name_vi,
    cast(source.name_en as string) as name_en,
    cast(source.group_code as string) as group_code,
    cast(source.programme_code as string) as programme_code,
    cast(source.aliases as string) as aliases,
    cast(source.sort_order as int) as sort_order,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
