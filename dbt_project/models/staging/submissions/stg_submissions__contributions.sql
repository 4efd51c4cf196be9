with

landed as (
    {{ accepted_rows('contributions') }}
)

select
    {{ lineage('landed') }},
    cast(landed.commune_code as string) as commune_code,
    {{ without_telephone('cast(landed.purpose_text as string)') }} as purpose_text,
    cast(landed.project_no as string) as project_no,
    cast(landed.giver_code as string) as giver_code,
    cast(landed.kind_code as string) as kind_code,
    cast(landed.quantity as decimal(24, 6)) as quantity,
    cast(landed.quantity_unit_code as string) as quantity_unit_code,
    cast(landed.unit_price_vnd as decimal(20, 0)) as unit_price_vnd,
    cast(landed.price_decision_no as string) as price_decision_no,
    cast(landed.price_decision_date as date) as price_decision_date,
    cast(landed.value_vnd as decimal(20, 0)) as value_vnd,
    cast(landed.ground_document as string) as ground_document,
    cast(landed.household_count as bigint) as household_count,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
