-- Criteria met, as counted in a standing, are the marks of the same unit, period and set; never more than the set has.
with

standings as (
    select * from {{ ref('fct_unit_standing') }}
),

marks as (
    select
        reporting_period_id,
        unit_id,
        criteria_set_code,
        count(*) as met_count
    from {{ ref('fct_criterion_status') }}
    where declared_mark in ('D', 'KAD')
    group by
        reporting_period_id,
        unit_id,
        criteria_set_code
)

select
    standings.reporting_period_id,
    standings.unit_id,
    standings.criteria_set_code
from standings
left join marks
    on
        standings.reporting_period_id = marks.reporting_period_id
        and standings.unit_id = marks.unit_id
        and standings.criteria_set_code = marks.criteria_set_code
where
    coalesce(standings.criteria_met_declared, 0) <> coalesce(marks.met_count, 0)
    or standings.criteria_met_declared > standings.criteria_total
    or standings.criteria_met_computed > standings.criteria_total
