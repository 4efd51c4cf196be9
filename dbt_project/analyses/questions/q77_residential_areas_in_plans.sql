-- Câu hỏi 77. Đơn vị nào đã đưa khu dân cư vào kế hoạch năm, có chính sách thưởng, có kiểm tra, giám sát;
-- đơn vị nào chưa?
-- Question 77. Which reporting units have residential areas in the year's plan, a reward policy, inspection of
-- them; which not?
-- Items: 1.22, 3.10, 3.11, 3.18, 3.20
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: reporting unit that owes a report for P, the latest period of six months or a year closed by D.
-- has_plan = its own plan of the year of P was issued by the closing day; has_areas_in_plan = the plan names
-- residential areas (null without a plan); reward policy = issued by the closing day, for that year;
-- reward_per_area_vnd in đồng. Activities on residential areas are those held in the report year: guidance by
-- departments, inspection and supervision by whoever; area_count = the areas that activities of any kind name, each
-- once. is_complete = the year's plan names them and somebody inspected or supervised them.
with

periods as (
    select *
    from marts.dim_reporting_period
    where period_type in ('6_months', 'year') and data_to <= $day::date
    order by data_to desc
    limit 1
),

policies as (
    select
        policies.reporting_unit_id,
        count(*) filter (policies.kind_code = 'annual_plan') as plan_count,
        bool_or(policies.covers_residential_areas) filter (policies.kind_code = 'annual_plan') as has_areas_in_plan,
        count(*) filter (policies.kind_code = 'reward') as reward_count,
        max(policies.reward_per_area_vnd) filter (policies.kind_code = 'reward') as reward_per_area_vnd
    from marts.fct_policy as policies
    inner join periods
        on policies.issued_on <= periods.data_to and periods.year between policies.year_from and policies.year_to
    group by policies.reporting_unit_id
),

activities as (
    select
        activities.reporting_unit_id,
        count(*) filter (activities.kind_code = 'guidance' and activities.actor_kind = 'department') as guidance_count,
        count(*) filter (activities.kind_code = 'inspection') as inspection_count,
        count(*) filter (activities.kind_code = 'supervision') as supervision_count,
        count(distinct activities.area_code) as area_count
    from marts.fct_activity as activities
    inner join periods on activities.activity_date between periods.data_from and periods.data_to
    where activities.subject_code = 'residential_area'
    group by activities.reporting_unit_id
)

select
    periods.reporting_period_id,
    expected.reporting_unit_id,
    reporting_units.name_vi as reporting_unit_name,
    coalesce(policies.plan_count, 0) > 0 as has_plan,
    policies.has_areas_in_plan,
    coalesce(policies.reward_count, 0) > 0 as has_reward_policy,
    policies.reward_per_area_vnd,
    coalesce(activities.guidance_count, 0) as guidance_count,
    coalesce(activities.inspection_count, 0) as inspection_count,
    coalesce(activities.supervision_count, 0) as supervision_count,
    coalesce(activities.area_count, 0) as area_count,
    coalesce(policies.has_areas_in_plan, false)
    and coalesce(activities.inspection_count + activities.supervision_count, 0) > 0 as is_complete
from marts.fct_submission as expected
inner join periods on expected.reporting_period_id = periods.reporting_period_id
inner join marts.dim_reporting_unit as reporting_units
    on expected.reporting_unit_id = reporting_units.reporting_unit_id
left join policies on expected.reporting_unit_id = policies.reporting_unit_id
left join activities on expected.reporting_unit_id = activities.reporting_unit_id
order by expected.reporting_unit_id
