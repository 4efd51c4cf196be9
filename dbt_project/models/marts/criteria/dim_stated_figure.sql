with

figures as (
    select * from {{ ref('stg_reference__stated_figures') }}
)

select
    figures.figure_id,
    figures.item,
    figures.place_vi,
    figures.province_code,
    figures.unit_id,
    figures.as_of,
    figures.as_of_vi,
    figures.measure_code,
    figures.value,
    figures.value_unit,
    figures.decimals,
    figures.relation,
    figures.numerator_id,
    figures.whole_id,
    figures.confidence,
    figures.source
from figures
