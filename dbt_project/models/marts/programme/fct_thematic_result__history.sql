{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

results as (
    select * from {{ ref('stg_submissions__thematic_programmes') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('results') }},
    units.unit_id,
    results.indicator_code,
    results.planned_value,
    results.value,
    results.base_value,
    cast(results.expired_count as int) as expired_count,
    results.next_expiry_on,
    cast(results.beneficiary_count as int) as beneficiary_count,
    results.planned_vnd,
    results.assigned_vnd,
    results.disbursed_vnd,
    results.explanation
from results
left join units
    on
        results.reporting_period_id = units.reporting_period_id
        and results.place_code = units.unit_code
