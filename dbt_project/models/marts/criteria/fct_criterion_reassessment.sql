with

judged as (
    select * from {{ ref('int_reassessed_part') }}
),

parts as (
    select * from {{ ref('int_criterion_part') }}
),

counted as (
    select
        judged.reporting_period_id,
        max(judged.reporting_unit_id) as reporting_unit_id,
        judged.unit_id,
        judged.criteria_set_code,
        parts.criterion_no,
        max(parts.part_count) as part_count,
        count(judged.verdict) as known_part_count,
        sum(case when judged.verdict = 'CD' then 1 else 0 end) as failed_part_count,
        sum(case when judged.is_reported then 0 else 1 end) as borrowed_part_count,
        {{ list_ordered('judged.indicator_no', 'judged.indicator_no, judged.part_code', "judged.verdict = 'CD'") }}
            as failed_indicators
    from judged
    inner join parts
        on
            judged.criteria_set_code = parts.criteria_set_code
            and judged.indicator_no = parts.indicator_no
            and judged.part_code = parts.part_code
    group by
        judged.reporting_period_id,
        judged.unit_id,
        judged.criteria_set_code,
        parts.criterion_no
)

-- one part that fails decides; otherwise every part must be known to be met
select
    counted.reporting_period_id,
    counted.reporting_unit_id,
    counted.unit_id,
    counted.criteria_set_code,
    counted.criterion_no,
    case
        when counted.failed_part_count > 0 then 'CD'
        when counted.known_part_count = counted.part_count then 'D'
    end as mark,
    cast(counted.part_count as int) as part_count,
    cast(counted.known_part_count as int) as known_part_count,
    cast(counted.failed_part_count as int) as failed_part_count,
    cast(counted.borrowed_part_count as int) as borrowed_part_count,
    counted.failed_indicators
from counted
