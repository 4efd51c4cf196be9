with

metrics as (
    select * from {{ ref('fct_metric') }}
    where area_level in ('unit', 'province')
),

reporting_units as (
    select * from {{ ref('stg_reference__reporting_units') }}
),

reports as (
    select * from {{ ref('int_area_reports') }}
)

select
    metrics.reporting_period_id,
    metrics.area_level,
    metrics.area_id,
    max(coalesce(reporting_units.name_vi, 'Toàn tỉnh')) as area_name_vi,
    max(reports.reported_unit_count) as reported_unit_count,
    max(reports.expected_unit_count) as expected_unit_count,
    {{ metric_denominator('communes_recognised') }} as commune_count,
    {{ metric_numerator('communes_reported') }} as reported_count,
    {{ metric_numerator('communes_recognised') }} as recognised_count,
    {{ metric_value('communes_recognised') }} as recognised_pct,
    {{ metric_numerator('communes_advanced') }} as advanced_count,
    {{ metric_value('communes_advanced') }} as advanced_pct,
    {{ metric_value('communes_advanced_of_recognised') }} as advanced_of_recognised_pct,
    {{ metric_numerator('communes_model') }} as model_count,
    {{ metric_numerator('communes_completed') }} as completed_not_recognised_count,
    {{ metric_value('criteria_per_commune') }} as criteria_per_commune,
    {{ metric_value('criteria_confirmed') }} as criteria_confirmed_pct,
    {{ metric_value('communes_health_met') }} as health_met_pct,
    {{ metric_value('communes_health_kept') }} as health_kept_pct,
    {{ metric_value('health_insured') }} as health_insured_pct,
    {{ metric_value('poor_households') }} as poor_households_pct,
    {{ metric_value('stable_work_households') }} as stable_work_households_pct,
    {{ metric_value('budget_disbursed') }} as budget_disbursed_pct,
    {{ metric_value('budget_estimated') }} as budget_estimated_pct,
    {{ metric_value('upper_budget_share') }} as upper_budget_share_pct,
    {{ metric_value('infrastructure_share') }} as infrastructure_share_pct,
    {{ metric_value('visits_in_advance') }} as visits_in_advance_pct,
    {{ metric_value('reports_on_time') }} as reports_on_time_pct,
    {{ metric_value('forms_accepted') }} as forms_accepted_pct,
    {{ metric_value('targets_reached') }} as targets_reached_pct,
    {{ metric_value('tasks_completed') }} as tasks_completed_pct,
    {{ metric_value('tasks_overdue') }} as tasks_overdue_pct
from metrics
left join reporting_units on metrics.area_id = reporting_units.reporting_unit_id
left join reports
    on
        metrics.reporting_period_id = reports.reporting_period_id
        and metrics.area_level = reports.area_level
        and (metrics.area_level = 'province' or metrics.area_id = reports.area_id)
group by metrics.reporting_period_id, metrics.area_level, metrics.area_id
