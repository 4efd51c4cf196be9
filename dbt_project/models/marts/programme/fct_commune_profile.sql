with

profile as (
    {{ current_rows('fct_commune_profile__history') }}
)

select
    {{ lineage('profile') }},
    profile.unit_id,
    profile.zone_code,
    profile.village_count,
    profile.household_count,
    profile.people_count,
    profile.men_count,
    profile.women_count,
    profile.working_age_count,
    profile.minority_household_count,
    profile.poor_household_count,
    profile.near_poor_household_count,
    profile.stable_work_household_count,
    profile.trained_count,
    profile.job_introduced_count,
    profile.income_per_head_vnd,
    profile.paved_road_km,
    profile.explanation
from profile
