{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

areas as (
    select * from {{ ref('stg_submissions__residential_areas') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('areas') }},
    areas.area_code,
    areas.area_name,
    units.unit_id,
    areas.kind_code,
    areas.title_code,
    cast(areas.household_count as int) as household_count,
    cast(areas.people_count as int) as people_count,
    cast(areas.criteria_total as int) as criteria_total,
    cast(areas.criteria_met as int) as criteria_met,
    areas.status_code,
    areas.reviewed_on,
    cast(areas.planned_year as int) as planned_year,
    areas.resource_needed_vnd,
    areas.resource_secured_vnd,
    cast(areas.year_recognised as int) as year_recognised,
    areas.decision_no,
    areas.decision_date,
    areas.decision_level,
    areas.withdrawn_on,
    areas.reward_vnd,
    areas.reward_source_code,
    areas.reward_decision_no,
    areas.reward_paid_on,
    areas.ended_on,
    areas.explanation
from areas
left join units
    on
        areas.reporting_period_id = units.reporting_period_id
        and areas.commune_code = units.unit_code
