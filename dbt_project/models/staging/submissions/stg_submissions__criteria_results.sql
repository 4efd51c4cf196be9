with

landed as (
    {{ accepted_rows('criteria_results') }}
)

select
    {{ lineage('landed') }},
    cast(landed.criteria_set_code as string) as criteria_set_code,
    cast(landed.indicator_no as string) as indicator_no,
    cast(landed.part_code as string) as part_code,
    cast(landed.data_year as bigint) as data_year,
    cast(landed.commune_code as string) as commune_code,
    cast(landed.numerator as decimal(24, 6)) as numerator,
    cast(landed.denominator as decimal(24, 6)) as denominator,
    cast(landed.value as decimal(24, 6)) as value,
    cast(landed.verdict as string) as verdict,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
