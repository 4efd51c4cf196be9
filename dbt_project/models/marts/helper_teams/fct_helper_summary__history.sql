{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

summary as (
    select * from {{ ref('stg_submissions__helper_summary') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('summary') }},
    summary.agency_code,
    units.unit_id,
    summary.role_code,
    summary.valid_from,
    summary.plan_content,
    cast(summary.planned_visit_count as int) as planned_visit_count,
    cast(summary.planned_criteria_count as int) as planned_criteria_count,
    summary.planned_support_vnd,
    cast(summary.visit_count as int) as visit_count,
    cast(summary.visit_in_advance_count as int) as visit_in_advance_count,
    cast(summary.meeting_count as int) as meeting_count,
    cast(summary.briefing_count as int) as briefing_count,
    cast(summary.communication_count as int) as communication_count,
    cast(summary.training_count as int) as training_count,
    cast(summary.trained_people_count as int) as trained_people_count,
    cast(summary.trained_women_count as int) as trained_women_count,
    cast(summary.trained_minority_count as int) as trained_minority_count,
    cast(summary.introduced_job_count as int) as introduced_job_count,
    summary.support_vnd,
    cast(summary.labour_day_count as int) as labour_day_count,
    summary.content_done,
    cast(summary.gained_criteria_count as int) as gained_criteria_count,
    summary.self_rating,
    summary.explanation
from summary
left join units
    on
        summary.reporting_period_id = units.reporting_period_id
        and summary.commune_code = units.unit_code
