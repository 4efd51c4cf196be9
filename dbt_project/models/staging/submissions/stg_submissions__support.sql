with

landed as (
    {{ accepted_rows('support') }}
)

select
    {{ lineage('landed') }},
    cast(landed.support_no as string) as support_no,
    cast(landed.commune_code as string) as commune_code,
    cast(landed.donor_kind_code as string) as donor_kind_code,
    {{ without_telephone('cast(landed.donor_name as string)') }} as donor_name,
    cast(landed.agency_code as string) as agency_code,
    cast(landed.support_kind_code as string) as support_kind_code,
    {{ without_telephone('cast(landed.purpose_text as string)') }} as purpose_text,
    cast(landed.focus_content as string) as focus_content,
    cast(landed.criterion_no as bigint) as criterion_no,
    cast(landed.ground_document as string) as ground_document,
    cast(landed.agreed_on as date) as agreed_on,
    cast(landed.quantity as decimal(24, 6)) as quantity,
    cast(landed.quantity_unit as string) as quantity_unit,
    cast(landed.promised_vnd as decimal(20, 0)) as promised_vnd,
    cast(landed.delivered_vnd as decimal(20, 0)) as delivered_vnd,
    cast(landed.delivered_on as date) as delivered_on,
    cast(landed.household_count as bigint) as household_count,
    {{ without_telephone('cast(landed.result as string)') }} as result,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
