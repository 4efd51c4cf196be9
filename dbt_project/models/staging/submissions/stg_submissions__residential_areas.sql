with

landed as (
    {{ accepted_rows('residential_areas') }}
)

select
    {{ lineage('landed') }},
    cast(landed.area_code as string) as area_code,
    cast(landed.area_name as string) as area_name,
    cast(landed.commune_code as string) as commune_code,
    cast(landed.kind_code as string) as kind_code,
    cast(landed.title_code as string) as title_code,
    cast(landed.household_count as bigint) as household_count,
    cast(landed.people_count as bigint) as people_count,
    cast(landed.criteria_total as bigint) as criteria_total,
    cast(landed.criteria_met as bigint) as criteria_met,
    cast(landed.status_code as string) as status_code,
    cast(landed.reviewed_on as date) as reviewed_on,
    cast(landed.planned_year as bigint) as planned_year,
    cast(landed.resource_needed_vnd as decimal(20, 0)) as resource_needed_vnd,
    cast(landed.resource_secured_vnd as decimal(20, 0)) as resource_secured_vnd,
    cast(landed.year_recognised as bigint) as year_recognised,
    cast(landed.decision_no as string) as decision_no,
    cast(landed.decision_date as date) as decision_date,
    cast(landed.decision_level as string) as decision_level,
    cast(landed.withdrawn_on as date) as withdrawn_on,
    cast(landed.reward_vnd as decimal(20, 0)) as reward_vnd,
    cast(landed.reward_source_code as string) as reward_source_code,
    cast(landed.reward_decision_no as string) as reward_decision_no,
    cast(landed.reward_paid_on as date) as reward_paid_on,
    cast(landed.ended_on as date) as ended_on,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
