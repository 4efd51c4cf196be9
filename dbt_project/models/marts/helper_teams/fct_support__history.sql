{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

support as (
    select * from {{ ref('stg_submissions__support') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('support') }},
    support.support_no,
    units.unit_id,
    support.donor_kind_code,
    support.donor_name,
    support.agency_code,
    support.support_kind_code,
    support.purpose_text,
    support.focus_content,
    cast(support.criterion_no as int) as criterion_no,
    support.ground_document,
    support.agreed_on,
    support.quantity,
    support.quantity_unit,
    support.promised_vnd,
    support.delivered_vnd,
    support.delivered_on,
    cast(support.household_count as int) as household_count,
    support.result,
    support.explanation
from support
left join units
    on
        support.reporting_period_id = units.reporting_period_id
        and support.commune_code = units.unit_code
