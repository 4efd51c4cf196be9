{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

recognitions as (
    select * from {{ ref('stg_submissions__recognitions') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('recognitions') }},
    units.unit_id,
    units.unit_level as subject_level,
    recognitions.title_code,
    recognitions.stage_code,
    recognitions.act_code,
    cast(recognitions.year_recognised as int) as year_recognised,
    recognitions.decision_no,
    recognitions.decision_date,
    recognitions.model_field,
    recognitions.explanation
from recognitions
left join units
    on
        recognitions.reporting_period_id = units.reporting_period_id
        and recognitions.subject_code = units.unit_code
