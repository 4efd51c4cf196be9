with

indicator_thresholds as (
    select * from {{ ref('stg_reference__indicator_thresholds') }}
)

select
    indicator_thresholds.set_code,
    indicator_thresholds.indicator_no,
    indicator_thresholds.part_code,
    indicator_thresholds.threshold_year,
    indicator_thresholds.scope_kind,
    indicator_thresholds.scope_code,
    indicator_thresholds.threshold_value,
    indicator_thresholds.threshold_text,
    indicator_thresholds.small_denominator_max,
    indicator_thresholds.small_denominator_value,
    indicator_thresholds.confidence,
    indicator_thresholds.source
from indicator_thresholds
