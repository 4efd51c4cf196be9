with

summary as (
    {{ current_rows('fct_helper_summary__history') }}
),

assignments as (
    select * from {{ ref('fct_helper_assignment') }}
)

select
    {{ lineage('summary') }},
    assignments.assignment_id,
    summary.agency_code,
    summary.unit_id,
    summary.role_code,
    summary.valid_from,
    summary.plan_content,
    summary.planned_visit_count,
    summary.planned_criteria_count,
    summary.planned_support_vnd,
    summary.visit_count,
    summary.visit_in_advance_count,
    summary.meeting_count,
    summary.briefing_count,
    summary.communication_count,
    summary.training_count,
    summary.trained_people_count,
    summary.trained_women_count,
    summary.trained_minority_count,
    summary.introduced_job_count,
    summary.support_vnd,
    summary.labour_day_count,
    summary.content_done,
    summary.gained_criteria_count,
    summary.self_rating,
    summary.explanation
from summary
left join assignments
    on
        summary.agency_code = assignments.agency_code
        and summary.unit_id = assignments.unit_id
        and summary.role_code = assignments.role_code
        and summary.valid_from = assignments.valid_from
