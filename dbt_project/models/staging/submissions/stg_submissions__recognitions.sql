with

landed as (
    {{ accepted_rows('recognitions') }}
)

select
    {{ lineage('landed') }},
    cast(landed.subject_code as string) as subject_code,
    cast(landed.title_code as string) as title_code,
    cast(landed.stage_code as string) as stage_code,
    cast(landed.act_code as string) as act_code,
    cast(landed.year_recognised as bigint) as year_recognised,
    cast(landed.decision_no as string) as decision_no,
    cast(landed.decision_date as date) as decision_date,
    cast(landed.model_field as string) as model_field,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
