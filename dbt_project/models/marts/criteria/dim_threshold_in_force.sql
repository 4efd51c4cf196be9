with

thresholds as (
    select * from {{ ref('int_threshold_in_force') }}
)

select
    reporting_period_id,
    province_code,
    judging_code,
    criteria_set_code,
    indicator_no,
    part_code,
    scope_kind,
    threshold_year,
    threshold_value,
    threshold_text,
    small_denominator_max,
    small_denominator_value,
    confidence
from thresholds
