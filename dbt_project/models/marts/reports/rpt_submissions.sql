with

submissions as (
    select * from {{ ref('fct_submission') }}
),

metrics as (
    select * from {{ ref('fct_metric') }}
    where area_level = 'unit'
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

reporting_units as (
    select * from {{ ref('stg_reference__reporting_units') }}
),

accepted as (
    select
        metrics.reporting_period_id,
        metrics.area_id as reporting_unit_id,
        {{ metric_value('forms_accepted') }} as forms_accepted_pct
    from metrics
    group by metrics.reporting_period_id, metrics.area_id
)

select
    submissions.reporting_period_id,
    periods.label_vi as period_label_vi,
    submissions.reporting_unit_id,
    reporting_units.name_vi as reporting_unit_name_vi,
    periods.due_date,
    submissions.first_received_at,
    submissions.punctuality,
    submissions.days_late,
    submissions.working_days_late,
    submissions.status,
    submissions.version_count,
    submissions.expected_form_count,
    submissions.accepted_form_count,
    accepted.forms_accepted_pct,
    submissions.rows_sent,
    submissions.rows_loaded,
    submissions.rows_quarantined,
    submissions.blocking_count,
    submissions.error_count,
    submissions.warning_count,
    submissions.is_approved
from submissions
inner join periods on submissions.reporting_period_id = periods.reporting_period_id
left join reporting_units on submissions.reporting_unit_id = reporting_units.reporting_unit_id
left join accepted
    on
        submissions.reporting_period_id = accepted.reporting_period_id
        and submissions.reporting_unit_id = accepted.reporting_unit_id
