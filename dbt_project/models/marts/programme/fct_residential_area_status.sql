with

areas as (
    {{ current_rows('fct_residential_area_status__history') }}
),

sets as (
    select * from {{ ref('int_set_of_period') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

-- a title is held on the closing day when it was decided by then, not withdrawn, and the area still stands
judged as (
    select
        areas.*,
        sets.criteria_set_code,
        periods.year as period_year,
        areas.decision_date is not null
        and areas.decision_date <= periods.data_to
        and (areas.withdrawn_on is null or areas.withdrawn_on > periods.data_to)
        and (areas.ended_on is null or areas.ended_on > periods.data_to) as is_held
    from areas
    inner join periods on areas.reporting_period_id = periods.reporting_period_id
    left join sets
        on
            areas.reporting_period_id = sets.reporting_period_id
            and areas.title_code = sets.title_code
)

select
    {{ lineage('judged') }},
    judged.area_code,
    judged.area_name,
    judged.unit_id,
    judged.kind_code,
    judged.title_code,
    judged.criteria_set_code,
    judged.household_count,
    judged.people_count,
    judged.criteria_total,
    judged.criteria_met,
    judged.status_code,
    judged.reviewed_on,
    judged.planned_year,
    judged.resource_needed_vnd,
    judged.resource_secured_vnd,
    judged.year_recognised,
    judged.decision_no,
    judged.decision_date,
    judged.decision_level,
    judged.withdrawn_on,
    judged.reward_vnd,
    judged.reward_source_code,
    judged.reward_decision_no,
    judged.reward_paid_on,
    judged.ended_on,
    judged.is_held,
    coalesce(judged.is_held and judged.year_recognised = judged.period_year, false) as is_new_in_year,
    judged.explanation
from judged
