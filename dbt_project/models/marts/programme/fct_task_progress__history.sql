{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

tasks as (
    select * from {{ ref('stg_submissions__tasks') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('tasks') }},
    tasks.task_no,
    tasks.group_code,
    tasks.content,
    tasks.assigning_document,
    units.unit_id,
    tasks.area_code,
    tasks.owner_kind,
    tasks.owner_name,
    tasks.support_names,
    tasks.person_name,
    tasks.is_continuous,
    tasks.is_priority,
    tasks.assigned_on,
    tasks.due_on,
    tasks.revised_due_on,
    tasks.target_unit,
    tasks.target_value,
    tasks.result_value,
    tasks.status_code,
    tasks.completed_on,
    tasks.evidence,
    tasks.explanation
from tasks
left join units
    on
        tasks.reporting_period_id = units.reporting_period_id
        and tasks.place_code = units.unit_code
