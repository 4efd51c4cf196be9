{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

policies as (
    select * from {{ ref('stg_submissions__policies') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('policies') }},
    policies.policy_no,
    policies.kind_code,
    policies.document_type,
    policies.level_code,
    policies.issuer_name,
    units.unit_id,
    policies.subject,
    policies.planned_on,
    policies.document_no,
    policies.issued_on,
    cast(policies.year_from as int) as year_from,
    cast(policies.year_to as int) as year_to,
    policies.objective,
    policies.content,
    policies.covers_residential_areas,
    policies.source_code,
    policies.budget_vnd,
    policies.reward_per_area_vnd,
    policies.ended_on,
    policies.explanation
from policies
left join units
    on
        policies.reporting_period_id = units.reporting_period_id
        and policies.place_code = units.unit_code
