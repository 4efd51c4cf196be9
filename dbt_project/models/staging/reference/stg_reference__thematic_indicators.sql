with

source as (
    select * from {{ source('reference', 'thematic_indicators') }}
)

select
    cast(source.indicator_code as string) as indicator_code,
    cast(source.programme_code as string) as programme_code,
    cast(source.name_vi as string) as name_vi,
    cast(source.name_en as string) as name_en,
    cast(source.measure_unit as string) as measure_unit,
    cast(source.measure_kind as string) as measure_kind,
    cast(source.has_base as boolean) as has_base,
    cast(source.has_expiry as boolean) as has_expiry,
    cast(source.focus_content as string) as focus_content,
    cast(source.theme_code as string) as theme_code,
    cast(source.aliases as string) as aliases,
    cast(source.sort_order as int) as sort_order,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
