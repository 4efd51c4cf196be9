{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

apparatus as (
    select * from {{ ref('stg_submissions__apparatus') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('apparatus') }},
    apparatus.body_code,
    units.unit_id,
    cast(apparatus.body_count as int) as body_count,
    apparatus.decision_no,
    apparatus.decision_date,
    apparatus.term,
    apparatus.head_name,
    apparatus.head_post,
    apparatus.head_since,
    cast(apparatus.post_count as int) as post_count,
    cast(apparatus.filled_count as int) as filled_count,
    cast(apparatus.full_time_count as int) as full_time_count,
    cast(apparatus.female_count as int) as female_count,
    cast(apparatus.trained_count as int) as trained_count,
    cast(apparatus.assigned_count as int) as assigned_count,
    cast(apparatus.changed_count as int) as changed_count,
    cast(apparatus.meeting_count as int) as meeting_count,
    apparatus.explanation
from apparatus
left join units
    on
        apparatus.reporting_period_id = units.reporting_period_id
        and apparatus.place_code = units.unit_code
