with

statuses as (
    select * from {{ ref('fct_criterion_status') }}
),

criteria_sets as (
    select * from {{ ref('stg_reference__criteria_sets') }}
)

select
    statuses.reporting_period_id,
    statuses.unit_id,
    statuses.criteria_set_code,
    cast(criteria_sets.n_criteria as int) as criteria_total,
    cast(count(statuses.judged_mark) as int) as marked_count,
    cast(count(statuses.computed_mark) as int) as computed_count,
    cast(sum(case when statuses.judged_mark in ('D', 'KAD') then 1 else 0 end) as int) as met_count,
    cast(sum(case when statuses.judged_mark = 'CD' then 1 else 0 end) as int) as failed_count,
    cast(sum(case when statuses.declared_mark in ('D', 'KAD') then 1 else 0 end) as int) as declared_met_count
from statuses
inner join criteria_sets on statuses.criteria_set_code = criteria_sets.set_code
group by
    statuses.reporting_period_id,
    statuses.unit_id,
    statuses.criteria_set_code,
    criteria_sets.n_criteria
