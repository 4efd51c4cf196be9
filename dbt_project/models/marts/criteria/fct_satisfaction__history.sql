{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

satisfaction as (
    select * from {{ ref('stg_submissions__satisfaction') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('satisfaction') }},
    units.unit_id,
    satisfaction.title_code,
    satisfaction.content_code,
    cast(satisfaction.household_count as int) as household_count,
    cast(satisfaction.asked_count as int) as asked_count,
    cast(satisfaction.satisfied_count as int) as satisfied_count,
    satisfaction.surveyed_on,
    satisfaction.surveyor,
    satisfaction.explanation
from satisfaction
left join units
    on
        satisfaction.reporting_period_id = units.reporting_period_id
        and satisfaction.subject_code = units.unit_code
