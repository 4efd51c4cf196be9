{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

contributions as (
    select * from {{ ref('stg_submissions__contributions') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('contributions') }},
    units.unit_id,
    contributions.purpose_text,
    contributions.project_no,
    contributions.giver_code,
    contributions.kind_code,
    contributions.quantity,
    contributions.quantity_unit_code,
    contributions.unit_price_vnd,
    contributions.price_decision_no,
    contributions.price_decision_date,
    contributions.value_vnd,
    contributions.ground_document,
    cast(contributions.household_count as int) as household_count,
    contributions.explanation
from contributions
left join units
    on
        contributions.reporting_period_id = units.reporting_period_id
        and contributions.commune_code = units.unit_code
