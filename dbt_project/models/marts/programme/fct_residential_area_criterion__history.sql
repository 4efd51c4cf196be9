{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

criteria as (
    select * from {{ ref('stg_submissions__area_criteria') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('criteria') }},
    criteria.criteria_set_code,
    criteria.area_code,
    units.unit_id,
    criteria.criterion_no,
    criteria.mark,
    criteria.explanation
from criteria
left join units
    on
        criteria.reporting_period_id = units.reporting_period_id
        and criteria.commune_code = units.unit_code
