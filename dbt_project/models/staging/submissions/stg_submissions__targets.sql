with

landed as (
    {{ accepted_rows('targets') }}
)

select
    {{ lineage('landed') }},
    cast(landed.subject_code as string) as subject_code,
    cast(landed.measure_code as string) as measure_code,
    cast(landed.area_code as string) as area_code,
    cast(landed.horizon_code as string) as horizon_code,
    cast(landed.plan_year as bigint) as plan_year,
    cast(landed.target_value as decimal(24, 6)) as target_value,
    cast(landed.owner_code as string) as owner_code,
    cast(landed.is_priority as boolean) as is_priority,
    {{ without_telephone('cast(landed.content as string)') }} as content,
    cast(landed.document_no as string) as document_no,
    cast(landed.decided_on as date) as decided_on,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
