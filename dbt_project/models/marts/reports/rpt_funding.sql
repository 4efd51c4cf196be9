with

metrics as (
    select * from {{ ref('fct_metric') }}
    where
        area_level in ('unit', 'province')
        and metric_code in (
            'budget_disbursed',
            'budget_estimated',
            'budget_performed',
            'carried_over_disbursed',
            'environment_share',
            'infrastructure_share',
            'livelihood_share',
            'production_share',
            'upper_budget_share'
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
    {{ metric_denominator('budget_disbursed', 'decimal(20, 0)') }} as assigned_vnd,
    {{ metric_numerator('budget_performed', 'decimal(20, 0)') }} as performed_vnd,
    {{ metric_numerator('budget_disbursed', 'decimal(20, 0)') }} as disbursed_vnd,
    {{ metric_numerator('budget_estimated', 'decimal(20, 0)') }} as estimated_year_end_vnd,
    {{ metric_value('budget_performed') }} as performed_pct,
    {{ metric_value('budget_disbursed') }} as disbursed_pct,
    {{ metric_value('budget_estimated') }} as estimated_pct,
    {{ metric_denominator('carried_over_disbursed', 'decimal(20, 0)') }} as carried_over_assigned_vnd,
    {{ metric_numerator('carried_over_disbursed', 'decimal(20, 0)') }} as carried_over_disbursed_vnd,
    {{ metric_value('carried_over_disbursed') }} as carried_over_disbursed_pct,
    {{ metric_value('upper_budget_share') }} as upper_budget_share_pct,
    {{ metric_value('infrastructure_share') }} as infrastructure_share_pct,
    {{ metric_value('production_share') }} as production_share_pct,
    {{ metric_value('livelihood_share') }} as livelihood_share_pct,
    {{ metric_value('environment_share') }} as environment_share_pct
from metrics
left join reporting_units on metrics.area_id = reporting_units.reporting_unit_id
left join reports
    on
        metrics.reporting_period_id = reports.reporting_period_id
        and metrics.area_level = reports.area_level
        and (metrics.area_level = 'province' or metrics.area_id = reports.area_id)
group by metrics.reporting_period_id, metrics.area_level, metrics.area_id
