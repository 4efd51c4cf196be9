with

versions as (
    select * from {{ ref('int_submission_version') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
)

select
    periods.reporting_period_id,
    periods.period_type,
    periods.year as period_year,
    periods.stage as stage_code,
    periods.data_from,
    periods.data_to,
    periods.discrete_from,
    periods.due_date,
    periods.previous_period_id
from periods
where
    periods.period_type <> 'stage'
    and periods.reporting_period_id in (select versions.reporting_period_id from versions)
