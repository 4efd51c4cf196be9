with

landed as (
    {{ accepted_rows('township_criteria') }}
)

select
    {{ lineage('landed') }},
    cast(landed.criteria_set_code as string) as criteria_set_code,
    cast(landed.commune_code as string) as commune_code,
    cast(landed.registered_on as date) as registered_on,
    cast(landed.criterion_no as string) as criterion_no,
    cast(landed.mark as string) as mark,
    cast(landed.criteria_met as bigint) as criteria_met,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
