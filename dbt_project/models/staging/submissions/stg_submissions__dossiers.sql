with

landed as (
    {{ accepted_rows('dossiers') }}
)

select
    {{ lineage('landed') }},
    cast(landed.subject_code as string) as subject_code,
    cast(landed.title_code as string) as title_code,
    cast(landed.stage_code as string) as stage_code,
    cast(landed.criterion_no as bigint) as criterion_no,
    cast(landed.round_no as bigint) as round_no,
    cast(landed.met_on as date) as met_on,
    cast(landed.status_code as string) as status_code,
    cast(landed.started_on as date) as started_on,
    cast(landed.completed_on as date) as completed_on,
    cast(landed.verified_on as date) as verified_on,
    cast(landed.verified_by as string) as verified_by,
    cast(landed.verification_verdict as string) as verification_verdict,
    cast(landed.confirmed_on as date) as confirmed_on,
    cast(landed.confirmed_by as string) as confirmed_by,
    cast(landed.confirmation_verdict as string) as confirmation_verdict,
    cast(landed.submitted_on as date) as submitted_on,
    cast(landed.returned_on as date) as returned_on,
    cast(landed.return_reason as string) as return_reason,
    cast(landed.reviewed_on as date) as reviewed_on,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
