with

source as (
    select * from {{ source('reference', 'titles') }}
)

select
    cast(source.title_code as string) as title_code,
    cast(source.name_vi as string) as name_vi,
    cast(source.name_en as string) as name_en,
    cast(source.subject_kind as string) as subject_kind,
    cast(source.base_title_code as string) as base_title_code,
    cast(source.rank as int) as rank,
    cast(source.aliases as string) as aliases
from source
