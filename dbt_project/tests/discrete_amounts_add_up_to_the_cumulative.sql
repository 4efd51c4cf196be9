-- What was disbursed or performed before and in the period is what is disbursed or performed by its end.
with

funding as (
    select * from {{ ref('fct_funding') }}
),

periods as (
    select * from {{ ref('dim_reporting_period') }}
)

select
    funding.submission_id,
    funding.row_id
from funding
inner join periods on funding.reporting_period_id = periods.reporting_period_id
left join funding as before
    on
        periods.previous_period_id = before.reporting_period_id
        and funding.reporting_unit_id = before.reporting_unit_id
        and funding.unit_id = before.unit_id
        and funding.programme_code = before.programme_code
        and funding.content_code = before.content_code
        and funding.source_code = before.source_code
        and coalesce(funding.nature_code, '') = coalesce(before.nature_code, '')
        and funding.plan_year = before.plan_year
where
    funding.disbursed_in_period_vnd + coalesce(before.disbursed_vnd, 0) <> funding.disbursed_vnd
    or funding.performed_in_period_vnd + coalesce(before.performed_vnd, 0) <> funding.performed_vnd
