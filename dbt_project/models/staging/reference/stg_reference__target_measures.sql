with

source as (
    select * from {{ source('reference', 'target_measures') }}
)

select
    cast(source.measure_code as string) as measure_code,
    cast(source.name_vi as string) as name_vi,
    cast(source.name_en as string) as name_en,
    cast(source.measure_kind as string) as measure_kind,
    cast(source.subject_kind as string) as subject_kind,
    cast(source.title_code as string) as title_code,
    cast(source.unit as string) as unit,
    cast(source.direction as string) as direction,
    cast(source.sort_order as int) as sort_order
from source
