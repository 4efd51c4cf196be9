{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

dossiers as (
    select * from {{ ref('stg_submissions__dossiers') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

title_sets as (
    select * from {{ ref('stg_reference__title_sets') }}
    where coalesce(province_code, {{ office_province() }}) = {{ office_province() }}
)

select
    {{ lineage('dossiers') }},
    units.unit_id,
    dossiers.title_code,
    dossiers.stage_code,
    title_sets.set_code as criteria_set_code,
    cast(dossiers.criterion_no as int) as criterion_no,
    cast(dossiers.round_no as int) as round_no,
    dossiers.met_on,
    dossiers.status_code,
    dossiers.started_on,
    dossiers.completed_on,
    dossiers.verified_on,
    dossiers.verified_by,
    dossiers.verification_verdict,
    dossiers.confirmed_on,
    dossiers.confirmed_by,
    dossiers.confirmation_verdict,
    dossiers.submitted_on,
    dossiers.returned_on,
    dossiers.return_reason,
    dossiers.reviewed_on,
    dossiers.explanation
from dossiers
left join units
    on
        dossiers.reporting_period_id = units.reporting_period_id
        and dossiers.subject_code = units.unit_code
left join title_sets
    on
        dossiers.title_code = title_sets.title_code
        and dossiers.stage_code = title_sets.stage
