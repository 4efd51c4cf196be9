{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

projects as (
    select * from {{ ref('stg_submissions__projects') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
)

select
    {{ lineage('projects') }},
    projects.project_code,
    projects.project_name,
    projects.kind_code,
    projects.programme_code,
    projects.programme_part_code,
    projects.content_code,
    units.unit_id,
    seconds.unit_id as second_unit_id,
    thirds.unit_id as third_unit_id,
    projects.village,
    projects.beneficiary,
    cast(projects.household_count as int) as household_count,
    projects.decision_no,
    projects.decision_date,
    projects.planned_start,
    projects.planned_finish,
    projects.actual_start,
    projects.actual_finish,
    projects.investment_vnd,
    projects.central_vnd,
    projects.province_vnd,
    projects.district_vnd,
    projects.commune_vnd,
    projects.integrated_vnd,
    projects.enterprise_vnd,
    projects.community_vnd,
    projects.other_vnd,
    projects.assigned_total_vnd,
    projects.assigned_year_vnd,
    projects.carried_over_vnd,
    projects.accepted_vnd,
    projects.disbursed_total_vnd,
    projects.disbursed_year_vnd,
    projects.disbursed_carried_vnd,
    projects.settled_vnd,
    projects.closed_on,
    projects.debt_vnd,
    projects.debt_central_vnd,
    projects.debt_province_vnd,
    projects.debt_district_vnd,
    projects.debt_commune_vnd,
    projects.debt_since,
    projects.debt_source_code,
    projects.debt_clear_by,
    projects.explanation
from projects
left join units
    on
        projects.reporting_period_id = units.reporting_period_id
        and projects.place_code = units.unit_code
left join units as seconds
    on
        projects.reporting_period_id = seconds.reporting_period_id
        and projects.second_place_code = seconds.unit_code
left join units as thirds
    on
        projects.reporting_period_id = thirds.reporting_period_id
        and projects.third_place_code = thirds.unit_code
