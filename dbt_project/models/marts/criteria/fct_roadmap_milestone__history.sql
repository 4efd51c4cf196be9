{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

roadmap as (
    select * from {{ ref('stg_submissions__roadmap') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

title_sets as (
    select * from {{ ref('stg_reference__title_sets') }}
    where coalesce(province_code, {{ office_province() }}) = {{ office_province() }}
)

select
    {{ lineage('roadmap') }},
    units.unit_id,
    roadmap.title_code,
    roadmap.stage_code,
    title_sets.set_code as criteria_set_code,
    cast(roadmap.criterion_no as int) as criterion_no,
    cast(roadmap.milestone_no as int) as milestone_no,
    roadmap.milestone,
    cast(roadmap.revision_no as int) as revision_no,
    roadmap.planned_on,
    roadmap.plan_document,
    roadmap.target_value,
    roadmap.actual_on,
    roadmap.actual_value,
    roadmap.reviewed_on,
    roadmap.explanation
from roadmap
left join units
    on
        roadmap.reporting_period_id = units.reporting_period_id
        and roadmap.subject_code = units.unit_code
left join title_sets
    on
        roadmap.title_code = title_sets.title_code
        and roadmap.stage_code = title_sets.stage
