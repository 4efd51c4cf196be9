with

landed as (
    {{ accepted_rows('funding_sources') }}
)

select
    {{ lineage('landed') }},
    cast(landed.place_code as string) as place_code,
    cast(landed.programme_code as string) as programme_code,
    cast(landed.content_code as string) as content_code,
    cast(landed.source_code as string) as source_code,
    cast(landed.nature_code as string) as nature_code,
    cast(landed.plan_year as bigint) as plan_year,
    cast(landed.assigned_on as date) as assigned_on,
    cast(landed.assigning_decision as string) as assigning_decision,
    cast(landed.planned_vnd as decimal(20, 0)) as planned_vnd,
    cast(landed.assigned_vnd as decimal(20, 0)) as assigned_vnd,
    cast(landed.adjusted_vnd as decimal(20, 0)) as adjusted_vnd,
    cast(landed.performed_vnd as decimal(20, 0)) as performed_vnd,
    cast(landed.disbursed_vnd as decimal(20, 0)) as disbursed_vnd,
    cast(landed.returned_vnd as decimal(20, 0)) as returned_vnd,
    cast(landed.estimated_year_end_vnd as decimal(20, 0)) as estimated_year_end_vnd,
    cast(landed.lent_vnd as decimal(20, 0)) as lent_vnd,
    cast(landed.outstanding_vnd as decimal(20, 0)) as outstanding_vnd,
    cast(landed.borrower_count as bigint) as borrower_count,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
