with

metrics as (
    select * from {{ ref('fct_metric') }}
    where
        area_level in ('unit', 'province')
        and metric_code in (
            'assignments_with_visit',
            'visits_in_advance'
        )
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
    {{ metric_denominator('assignments_with_visit') }} as reported_assignment_count,
    {{ metric_numerator('assignments_with_visit') }} as visited_assignment_count,
    {{ metric_value('assignments_with_visit') }} as visited_assignment_pct,
    {{ metric_denominator('visits_in_advance') }} as visit_count,
    {{ metric_numerator('visits_in_advance') }} as visit_in_advance_count,
    {{ metric_value('visits_in_advance') }} as visit_in_advance_pct
from metrics
left join reporting_units on metrics.area_id = reporting_units.reporting_unit_id
left join reports
    on
        metrics.reporting_period_id = reports.reporting_period_id
        and metrics.area_level = reports.area_level
        and (metrics.area_level = 'province' or metrics.area_id = reports.area_id)
group by metrics.reporting_period_id, metrics.area_level, metrics.area_id
