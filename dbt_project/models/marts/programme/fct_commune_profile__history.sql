{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

profile as (
    select * from {{ ref('stg_submissions__commune_profile') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('profile') }},
    units.unit_id,
    profile.zone_code,
    cast(profile.village_count as int) as village_count,
    cast(profile.household_count as int) as household_count,
    cast(profile.people_count as int) as people_count,
    cast(profile.men_count as int) as men_count,
    cast(profile.women_count as int) as women_count,
    cast(profile.working_age_count as int) as working_age_count,
    cast(profile.minority_household_count as int) as minority_household_count,
    cast(profile.poor_household_count as int) as poor_household_count,
    cast(profile.near_poor_household_count as int) as near_poor_household_count,
    cast(profile.stable_work_household_count as int) as stable_work_household_count,
    cast(profile.trained_count as int) as trained_count,
    cast(profile.job_introduced_count as int) as job_introduced_count,
    profile.income_per_head_vnd,
    profile.paved_road_km,
    profile.explanation
from profile
left join units
    on
        profile.reporting_period_id = units.reporting_period_id
        and profile.commune_code = units.unit_code
