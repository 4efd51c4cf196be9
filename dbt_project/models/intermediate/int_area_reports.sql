with

submissions as (
    select * from {{ ref('fct_submission') }}
)

select
    reporting_period_id,
    'unit' as area_level,
    reporting_unit_id as area_id,
    cast(count(accepted_submission_id) as int) as reported_unit_count,
    cast(count(*) as int) as expected_unit_count
from submissions
group by reporting_period_id, reporting_unit_id
union all
select
    reporting_period_id,
    'province' as area_level,
    cast(null as string) as area_id,
    cast(count(accepted_submission_id) as int) as reported_unit_count,
    cast(count(*) as int) as expected_unit_count
from submissions
group by reporting_period_id
