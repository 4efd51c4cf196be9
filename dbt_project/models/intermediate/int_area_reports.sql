with

submissions as (
    select * from {{ ref('fct_submission') }}
)

select
    reporting_period_id,
    case when grouping(reporting_unit_id) = 1 then 'province' else 'unit' end as area_level,
    reporting_unit_id as area_id,
    cast(count(accepted_submission_id) as int) as reported_unit_count,
    cast(count(*) as int) as expected_unit_count
from submissions
group by grouping sets ((reporting_period_id, reporting_unit_id), (reporting_period_id))
