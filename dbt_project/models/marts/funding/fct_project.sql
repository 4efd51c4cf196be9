with

projects as (
    {{ current_rows('fct_project__history') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
)

select
    {{ lineage('projects') }},
    projects.project_code,
    projects.project_name,
    projects.kind_code,
    projects.programme_code,
    projects.programme_part_code,
    projects.content_code,
    projects.unit_id,
    projects.second_unit_id,
    projects.third_unit_id,
    projects.village,
    projects.beneficiary,
    projects.household_count,
    projects.decision_no,
    projects.decision_date,
    projects.planned_start,
    projects.planned_finish,
    projects.actual_start,
    projects.actual_finish,
    case
        when projects.closed_on is not null then 'closed'
        when projects.actual_finish is not null then 'completed'
        when projects.actual_start is not null then 'under_way'
        else 'not_started'
    end as status_code,
    projects.actual_start < periods.data_from as is_continued,
    coalesce(projects.actual_finish >= periods.data_from, false) as is_completed_in_year,
    projects.actual_finish <= projects.planned_finish as is_on_schedule,
    -- finished late, or not finished although it should be
    cast(
        greatest(
            {{ days_apart('projects.planned_finish', 'coalesce(projects.actual_finish, periods.data_to)') }}, 0
        ) as int
    ) as days_late,
    projects.investment_vnd,
    projects.central_vnd,
    projects.province_vnd,
    projects.district_vnd,
    projects.commune_vnd,
    cast(
        coalesce(projects.central_vnd, 0) + coalesce(projects.province_vnd, 0)
        + coalesce(projects.district_vnd, 0) + coalesce(projects.commune_vnd, 0) as decimal(20, 0)
    ) as direct_vnd,
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
inner join periods on projects.reporting_period_id = periods.reporting_period_id
