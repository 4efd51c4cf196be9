with

statuses as (
    select * from {{ ref('fct_criterion_status') }}
    where subject_level = 'commune'
),

sets as (
    select * from {{ ref('int_set_of_period') }}
    where
        is_base_set
        and subject_kind = 'commune'
)

select
    statuses.reporting_period_id,
    statuses.reporting_unit_id,
    statuses.unit_id,
    statuses.criteria_set_code,
    count(*) as criteria,
    sum(case when statuses.declared_mark in ('D', 'KAD') then 1 else 0 end) as criteria_met
from statuses
inner join sets
    on
        statuses.reporting_period_id = sets.reporting_period_id
        and statuses.criteria_set_code = sets.criteria_set_code
group by
    statuses.reporting_period_id,
    statuses.reporting_unit_id,
    statuses.unit_id,
    statuses.criteria_set_code
