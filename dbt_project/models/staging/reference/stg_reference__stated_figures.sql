with

source as (
    select * from {{ source('reference', 'stated_figures') }}
)

select
    cast(source.figure_id as string) as figure_id,
    cast(source.item as string) as item,
    cast(source.place_vi as string) as place_vi,
    cast(source.province_code as string) as province_code,
    cast(source.unit_id as string) as unit_id,
    cast(source.as_of as date) as as_of,
    cast(source.as_of_vi as string) as as_of_vi,
    cast(source.measure_code as string) as measure_code,
    cast(source.value as decimal(18, 4)) as value,
    cast(source.value_unit as string) as value_unit,
    cast(source.decimals as int) as decimals,
    cast(source.relation as string) as relation,
    cast(source.numerator_id as string) as numerator_id,
    cast(source.whole_id as string) as whole_id,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
