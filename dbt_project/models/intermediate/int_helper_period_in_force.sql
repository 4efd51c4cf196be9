with

counted as (
    select * from {{ ref('fct_helper_period') }}
),

assignments as (
    select * from {{ ref('fct_helper_assignment') }}
),

periods as (
    select * from {{ ref('int_open_period') }}
)

select
    counted.reporting_period_id,
    counted.reporting_unit_id,
    counted.unit_id,
    counted.assignment_id,
    counted.visit_count
from counted
inner join assignments on counted.assignment_id = assignments.assignment_id
inner join periods on counted.reporting_period_id = periods.reporting_period_id
where
    assignments.valid_to is null
    or periods.data_to < assignments.valid_to
