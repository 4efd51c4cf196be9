with

landed as (
    {{ accepted_rows('commune_profile') }}
)

select
    {{ lineage('landed') }},
    cast(landed.commune_code as string) as commune_code,
    cast(landed.zone_code as string) as zone_code,
    cast(landed.village_count as bigint) as village_count,
    cast(landed.household_count as bigint) as household_count,
    cast(landed.people_count as bigint) as people_count,
    cast(landed.men_count as bigint) as men_count,
    cast(landed.women_count as bigint) as women_count,
    cast(landed.working_age_count as bigint) as working_age_count,
    cast(landed.minority_household_count as bigint) as minority_household_count,
    cast(landed.poor_household_count as bigint) as poor_household_count,
    cast(landed.near_poor_household_count as bigint) as near_poor_household_count,
    cast(landed.stable_work_household_count as bigint) as stable_work_household_count,
    cast(landed.trained_count as bigint) as trained_count,
    cast(landed.job_introduced_count as bigint) as job_introduced_count,
    cast(landed.income_per_head_vnd as decimal(20, 0)) as income_per_head_vnd,
    cast(landed.paved_road_km as decimal(24, 6)) as paved_road_km,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
