{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

targets as (
    select * from {{ ref('stg_submissions__targets') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('targets') }},
    units.unit_id,
    targets.measure_code,
    targets.area_code,
    targets.horizon_code,
    cast(targets.plan_year as int) as plan_year,
    targets.target_value,
    targets.owner_code,
    targets.is_priority,
    targets.content,
    targets.document_no,
    targets.decided_on,
    targets.explanation
from targets
left join units
    on
        targets.reporting_period_id = units.reporting_period_id
        and targets.subject_code = units.unit_code
