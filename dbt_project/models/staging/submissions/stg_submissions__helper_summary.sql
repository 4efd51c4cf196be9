with

landed as (
    {{ accepted_rows('helper_summary') }}
)

select
    {{ lineage('landed') }},
    cast(landed.agency_code as string) as agency_code,
    cast(landed.commune_code as string) as commune_code,
    cast(landed.role_code as string) as role_code,
    cast(landed.valid_from as date) as valid_from,
    cast(landed.plan_content as string) as plan_content,
    cast(landed.planned_visit_count as bigint) as planned_visit_count,
    cast(landed.planned_criteria_count as bigint) as planned_criteria_count,
    cast(landed.planned_support_vnd as decimal(20, 0)) as planned_support_vnd,
    cast(landed.visit_count as bigint) as visit_count,
    cast(landed.visit_in_advance_count as bigint) as visit_in_advance_count,
    cast(landed.meeting_count as bigint) as meeting_count,
    cast(landed.briefing_count as bigint) as briefing_count,
    cast(landed.communication_count as bigint) as communication_count,
    cast(landed.training_count as bigint) as training_count,
    cast(landed.trained_people_count as bigint) as trained_people_count,
    cast(landed.trained_women_count as bigint) as trained_women_count,
    cast(landed.trained_minority_count as bigint) as trained_minority_count,
    cast(landed.introduced_job_count as bigint) as introduced_job_count,
    cast(landed.support_vnd as decimal(20, 0)) as support_vnd,
    cast(landed.labour_day_count as bigint) as labour_day_count,
    cast(landed.content_done as string) as content_done,
    cast(landed.gained_criteria_count as bigint) as gained_criteria_count,
    cast(landed.self_rating as string) as self_rating,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
