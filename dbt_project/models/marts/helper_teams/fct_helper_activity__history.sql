{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

activities as (
    select * from {{ ref('stg_submissions__helper_activities') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('activities') }},
    activities.activity_no,
    activities.agency_code,
    units.unit_id,
    activities.kind_code,
    activities.activity_date,
    activities.level_code,
    activities.place_text,
    activities.is_leader_present,
    cast(activities.participant_count as int) as participant_count,
    activities.has_content_prepared,
    activities.notified_on,
    activities.focus_content,
    activities.result,
    activities.explanation
from activities
left join units
    on
        activities.reporting_period_id = units.reporting_period_id
        and activities.commune_code = units.unit_code
