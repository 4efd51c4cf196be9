with

results as (
    select * from {{ ref('fct_indicator_result') }}
),

parts as (
    select * from {{ ref('int_criterion_part') }}
)

-- met only when every deciding part is known to be met: one that is missing or cannot be computed leaves it open
select
    results.reporting_period_id,
    results.unit_id,
    results.criteria_set_code,
    parts.criterion_no,
    case
        when sum(case when results.computed_verdict = 'CD' then 1 else 0 end) > 0 then 'CD'
        when sum(case when results.computed_verdict in ('D', 'KAD') then 1 else 0 end) = max(parts.part_count) then 'D'
    end as computed_mark
from results
inner join parts
    on
        results.criteria_set_code = parts.criteria_set_code
        and results.indicator_no = parts.indicator_no
        and results.part_code = parts.part_code
group by
    results.reporting_period_id,
    results.unit_id,
    results.criteria_set_code,
    parts.criterion_no
