{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

assignments as (
    select * from {{ ref('stg_submissions__helper_assignments') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('assignments') }},
    assignments.agency_code,
    assignments.leader_name,
    assignments.leader_post,
    units.unit_id,
    assignments.helper_level,
    assignments.role_code,
    assignments.decision_no,
    assignments.decision_date,
    assignments.valid_from,
    assignments.valid_to,
    assignments.end_reason,
    assignments.task_content,
    assignments.change_requested_on,
    assignments.change_reason,
    assignments.proposed_leader,
    assignments.change_decided_on,
    assignments.explanation
from assignments
left join units
    on
        assignments.reporting_period_id = units.reporting_period_id
        and assignments.commune_code = units.unit_code
