with

thresholds as (
    select * from {{ ref('int_threshold_in_force') }}
),

parts as (
    select * from {{ ref('int_criterion_part') }}
)

-- what a criterion asks in a period, in one line: equal lines ask the same
select
    thresholds.reporting_period_id,
    thresholds.province_code,
    thresholds.judging_code,
    thresholds.criteria_set_code,
    parts.criterion_no,
    {{ list_ordered(
        "thresholds.indicator_no || '/' || thresholds.part_code || '=' || cast(thresholds.threshold_value as string)",
        "thresholds.indicator_no || '/' || thresholds.part_code",
        "thresholds.threshold_value is not null"
    ) }} as thresholds_asked
from thresholds
inner join parts
    on
        thresholds.criteria_set_code = parts.criteria_set_code
        and thresholds.indicator_no = parts.indicator_no
        and thresholds.part_code = parts.part_code
group by
    thresholds.reporting_period_id,
    thresholds.province_code,
    thresholds.judging_code,
    thresholds.criteria_set_code,
    parts.criterion_no
