with

landed as (
    {{ accepted_rows('unit_criteria') }}
)

select
    {{ lineage('landed') }},
    cast(landed.criteria_set_code as string) as criteria_set_code,
    cast(landed.indicator_no as string) as indicator_no,
    cast(landed.part_code as string) as part_code,
    cast(landed.value as decimal(24, 6)) as value,
    cast(landed.verdict as string) as verdict,
    cast(landed.owner_name as string) as owner_name,
    cast(landed.planned_date as date) as planned_date,
    cast(landed.data_date as date) as data_date,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
