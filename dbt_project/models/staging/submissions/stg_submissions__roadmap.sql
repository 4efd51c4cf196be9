with

landed as (
    {{ accepted_rows('roadmap') }}
)

select
    {{ lineage('landed') }},
    cast(landed.subject_code as string) as subject_code,
    cast(landed.title_code as string) as title_code,
    cast(landed.stage_code as string) as stage_code,
    cast(landed.criterion_no as bigint) as criterion_no,
    cast(landed.milestone_no as bigint) as milestone_no,
    cast(landed.milestone as string) as milestone,
    cast(landed.revision_no as bigint) as revision_no,
    cast(landed.planned_on as date) as planned_on,
    cast(landed.plan_document as string) as plan_document,
    cast(landed.target_value as decimal(24, 6)) as target_value,
    cast(landed.actual_on as date) as actual_on,
    cast(landed.actual_value as decimal(24, 6)) as actual_value,
    cast(landed.reviewed_on as date) as reviewed_on,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
