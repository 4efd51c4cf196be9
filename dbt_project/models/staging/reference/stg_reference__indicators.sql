with

source as (
    select * from {{ source('reference', 'indicators') }}
)

select
    cast(source.set_code as string) as set_code,
    cast(source.indicator_no as string) as indicator_no,
    cast(source.criterion_no as int) as criterion_no,
    cast(source.sort_order as int) as sort_order,
    cast(source.indicator_name_vi as string) as indicator_name_vi,
    cast(source.indicator_name_en as string) as indicator_name_en,
    cast(source.unit as string) as unit,
    cast(source.value_kind as string) as value_kind,
    cast(source.direction as string) as direction,
    cast(source.level_scale as string) as level_scale,
    cast(source.parts as string) as parts,
    cast(source.by_sex as boolean) as by_sex,
    cast(source.carries_numerator as boolean) as carries_numerator,
    cast(source.na_allowed as boolean) as na_allowed,
    cast(source.responsible as string) as responsible,
    cast(source.agency_code as string) as agency_code,
    cast(source.threshold_set_by as string) as threshold_set_by,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source,
    cast(source.note as string) as note
from source
