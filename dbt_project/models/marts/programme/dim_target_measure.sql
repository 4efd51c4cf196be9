with

target_measures as (
    select * from {{ ref('stg_reference__target_measures') }}
)

select
    target_measures.measure_code,
    target_measures.name_vi,
    target_measures.name_en,
    target_measures.measure_kind,
    target_measures.subject_kind,
    target_measures.title_code,
    target_measures.unit,
    target_measures.direction,
    target_measures.sort_order
from target_measures
