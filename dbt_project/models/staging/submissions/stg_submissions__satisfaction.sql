with

landed as (
    {{ accepted_rows('satisfaction') }}
)

select
    {{ lineage('landed') }},
    cast(landed.subject_code as string) as subject_code,
    cast(landed.title_code as string) as title_code,
    cast(landed.content_code as string) as content_code,
    cast(landed.household_count as bigint) as household_count,
    cast(landed.asked_count as bigint) as asked_count,
    cast(landed.satisfied_count as bigint) as satisfied_count,
    cast(landed.surveyed_on as date) as surveyed_on,
    cast(landed.surveyor as string) as surveyor,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
