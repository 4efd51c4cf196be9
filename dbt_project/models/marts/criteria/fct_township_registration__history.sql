{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

townships as (
    select * from {{ ref('stg_submissions__township_criteria') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

-- what is said once of a township stands on each of its marks
registered as (
    select
        townships.reporting_period_id,
        townships.reporting_unit_id,
        townships.submission_id,
        townships.judgement_id,
        townships.form,
        townships.sheet,
        min(townships.row_id) as row_id,
        townships.known_at,
        townships.commune_code,
        max(townships.registered_on) as registered_on,
        max(townships.criteria_met) as criteria_met
    from townships
    group by
        townships.reporting_period_id,
        townships.reporting_unit_id,
        townships.submission_id,
        townships.judgement_id,
        townships.form,
        townships.sheet,
        townships.known_at,
        townships.commune_code
)

select
    {{ lineage('registered') }},
    units.unit_id,
    registered.registered_on,
    cast(registered.criteria_met as int) as criteria_met
from registered
left join units
    on
        registered.reporting_period_id = units.reporting_period_id
        and registered.commune_code = units.unit_code
