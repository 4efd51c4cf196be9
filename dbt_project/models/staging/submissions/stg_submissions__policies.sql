with

landed as (
    {{ accepted_rows('policies') }}
)

select
    {{ lineage('landed') }},
    cast(landed.policy_no as string) as policy_no,
    cast(landed.kind_code as string) as kind_code,
    cast(landed.document_type as string) as document_type,
    cast(landed.level_code as string) as level_code,
    cast(landed.issuer_name as string) as issuer_name,
    cast(landed.place_code as string) as place_code,
    cast(landed.subject as string) as subject,
    cast(landed.planned_on as date) as planned_on,
    cast(landed.document_no as string) as document_no,
    cast(landed.issued_on as date) as issued_on,
    cast(landed.year_from as bigint) as year_from,
    cast(landed.year_to as bigint) as year_to,
    cast(landed.objective as string) as objective,
    {{ without_telephone('cast(landed.content as string)') }} as content,
    cast(landed.covers_residential_areas as boolean) as covers_residential_areas,
    cast(landed.source_code as string) as source_code,
    cast(landed.budget_vnd as decimal(20, 0)) as budget_vnd,
    cast(landed.reward_per_area_vnd as decimal(20, 0)) as reward_per_area_vnd,
    cast(landed.ended_on as date) as ended_on,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
