with

landed as (
    {{ accepted_rows('activities') }}
)

select
    {{ lineage('landed') }},
    cast(landed.activity_no as string) as activity_no,
    cast(landed.actor_kind as string) as actor_kind,
    cast(landed.agency_code as string) as agency_code,
    cast(landed.addressee_agency_code as string) as addressee_agency_code,
    cast(landed.organisation_name as string) as organisation_name,
    cast(landed.kind_code as string) as kind_code,
    cast(landed.planned_on as date) as planned_on,
    cast(landed.activity_date as date) as activity_date,
    cast(landed.place_code as string) as place_code,
    cast(landed.area_code as string) as area_code,
    cast(landed.criterion_no as bigint) as criterion_no,
    cast(landed.subject_code as string) as subject_code,
    cast(landed.movement_code as string) as movement_code,
    cast(landed.audience_code as string) as audience_code,
    cast(landed.channel_code as string) as channel_code,
    cast(landed.session_count as bigint) as session_count,
    cast(landed.participant_count as bigint) as participant_count,
    cast(landed.women_count as bigint) as women_count,
    cast(landed.minority_count as bigint) as minority_count,
    cast(landed.job_count as bigint) as job_count,
    cast(landed.household_count as bigint) as household_count,
    cast(landed.organisation_count as bigint) as organisation_count,
    cast(landed.finding_count as bigint) as finding_count,
    cast(landed.handled_count as bigint) as handled_count,
    cast(landed.to_recover_vnd as decimal(20, 0)) as to_recover_vnd,
    cast(landed.recovered_vnd as decimal(20, 0)) as recovered_vnd,
    cast(landed.follow_up_due_on as date) as follow_up_due_on,
    {{ without_telephone('cast(landed.content as string)') }} as content,
    {{ without_telephone('cast(landed.result as string)') }} as result,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
