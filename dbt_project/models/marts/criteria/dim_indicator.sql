with

indicators as (
    select * from {{ ref('stg_reference__indicators') }}
),

parts as (
    select * from {{ ref('stg_reference__indicator_parts') }}
)

select
    parts.set_code,
    parts.indicator_no,
    parts.part_code,
    indicators.criterion_no,
    indicators.sort_order,
    indicators.indicator_name_vi,
    indicators.indicator_name_en,
    parts.part_name_vi,
    parts.value_kind,
    parts.unit,
    parts.direction,
    indicators.level_scale,
    parts.decides_verdict,
    indicators.by_sex,
    indicators.carries_numerator,
    indicators.na_allowed,
    indicators.agency_code,
    indicators.threshold_set_by,
    indicators.confidence
from parts
inner join indicators
    on
        parts.set_code = indicators.set_code
        and parts.indicator_no = indicators.indicator_no
