{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

funding as (
    select * from {{ ref('stg_submissions__funding_sources') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('funding') }},
    units.unit_id,
    funding.programme_code,
    funding.content_code,
    funding.source_code,
    funding.nature_code,
    cast(funding.plan_year as int) as plan_year,
    funding.plan_year < units.period_year as is_carried_over,
    funding.assigned_on,
    funding.assigning_decision,
    funding.planned_vnd,
    funding.assigned_vnd,
    funding.adjusted_vnd,
    funding.performed_vnd,
    funding.disbursed_vnd,
    funding.returned_vnd,
    funding.estimated_year_end_vnd,
    funding.lent_vnd,
    funding.outstanding_vnd,
    cast(funding.borrower_count as int) as borrower_count,
    funding.explanation
from funding
left join units
    on
        funding.reporting_period_id = units.reporting_period_id
        and funding.place_code = units.unit_code
