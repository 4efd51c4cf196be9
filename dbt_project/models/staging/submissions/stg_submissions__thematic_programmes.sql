with

landed as (
    {{ accepted_rows('thematic_programmes') }}
)

select
    {{ lineage('landed') }},
    cast(landed.place_code as string) as place_code,
    cast(landed.indicator_code as string) as indicator_code,
    cast(landed.planned_value as decimal(24, 6)) as planned_value,
    cast(landed.value as decimal(24, 6)) as value,
    cast(landed.base_value as decimal(24, 6)) as base_value,
    cast(landed.expired_count as bigint) as expired_count,
    cast(landed.next_expiry_on as date) as next_expiry_on,
    cast(landed.beneficiary_count as bigint) as beneficiary_count,
    cast(landed.planned_vnd as decimal(20, 0)) as planned_vnd,
    cast(landed.assigned_vnd as decimal(20, 0)) as assigned_vnd,
    cast(landed.disbursed_vnd as decimal(20, 0)) as disbursed_vnd,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
