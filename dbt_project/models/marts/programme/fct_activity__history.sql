{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

activities as (
    select * from {{ ref('stg_submissions__activities') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('activities') }},
    activities.activity_no,
    activities.actor_kind,
    activities.agency_code,
    activities.addressee_agency_code,
    activities.organisation_name,
    activities.kind_code,
    activities.planned_on,
    activities.activity_date,
    units.unit_id,
    activities.area_code,
    cast(activities.criterion_no as int) as criterion_no,
    activities.subject_code,
    activities.movement_code,
    activities.audience_code,
    activities.channel_code,
    cast(activities.session_count as int) as session_count,
    cast(activities.participant_count as int) as participant_count,
    cast(activities.women_count as int) as women_count,
    cast(activities.minority_count as int) as minority_count,
    cast(activities.job_count as int) as job_count,
    cast(activities.household_count as int) as household_count,
    cast(activities.organisation_count as int) as organisation_count,
    cast(activities.finding_count as int) as finding_count,
    cast(activities.handled_count as int) as handled_count,
    activities.to_recover_vnd,
    activities.recovered_vnd,
    activities.follow_up_due_on,
    activities.content,
    activities.result,
    activities.explanation
from activities
left join units
    on
        activities.reporting_period_id = units.reporting_period_id
        and activities.place_code = units.unit_code
