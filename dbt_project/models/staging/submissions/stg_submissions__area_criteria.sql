with

landed as (
    {{ accepted_rows('area_criteria') }}
)

select
    {{ lineage('landed') }},
    cast(landed.criteria_set_code as string) as criteria_set_code,
    cast(landed.area_code as string) as area_code,
    cast(landed.commune_code as string) as commune_code,
    cast(landed.criterion_no as int) as criterion_no,
    cast(landed.mark as string) as mark,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
