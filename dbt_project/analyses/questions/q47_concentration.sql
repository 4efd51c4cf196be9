-- Câu hỏi 47. Vốn dự án có tập trung, có ưu tiên xã đặc biệt khó khăn hay dàn trải?
-- Question 47. Is project money concentrated and put first into specially difficult communes, or spread thin?
-- Items: 4.9
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit), projects with a plan of the report year in P(D), the latest period closed by
-- D. Plan per project, share of the three largest, and the index (sum of squared shares x 10,000): 10,000 = all in one
-- project; 10,000 / projects = evenly spread. Difficult: main place is a specially difficult commune on the closing day
-- (assumed in the sample). Đồng.
with

asked_period as (
    select *
    from marts.dim_reporting_period
    where
        period_type <> 'stage'
        and data_to <= $day::date
    order by data_to desc
    limit 1
),

difficult as (
    select attributes.unit_code
    from marts.dim_commune_attribute as attributes
    cross join asked_period
    where
        attributes.attribute_code = 'specially_difficult'
        and attributes.valid_from <= asked_period.data_to
        and (attributes.valid_to is null or asked_period.data_to < attributes.valid_to)
),

areas as (
    select
        'province' as area_level,
        null as area_id
    union all
    select distinct
        'unit' as area_level,
        reporting_unit_id as area_id
    from marts.fct_project
),

planned as (
    select
        areas.area_level,
        areas.area_id as reporting_unit_id,
        projects.assigned_year_vnd,
        difficult.unit_code is not null as is_difficult,
        row_number() over (
            partition by areas.area_level, areas.area_id
            order by projects.assigned_year_vnd desc, projects.project_code
        ) as place,
        sum(projects.assigned_year_vnd) over (partition by areas.area_level, areas.area_id) as area_vnd
    from marts.fct_project as projects
    inner join asked_period on projects.reporting_period_id = asked_period.reporting_period_id
    inner join areas on areas.area_id is null or projects.reporting_unit_id = areas.area_id
    inner join marts.dim_administrative_unit as units on projects.unit_id = units.unit_id
    left join difficult on units.unit_code = difficult.unit_code
    where projects.assigned_year_vnd > 0
)

select
    asked_period.reporting_period_id,
    planned.area_level,
    planned.reporting_unit_id,
    count(*) as project_count,
    sum(planned.assigned_year_vnd) as plan_vnd,
    round(sum(planned.assigned_year_vnd) / count(*), 0) as plan_per_project_vnd,
    round(100.0 * sum(planned.assigned_year_vnd) filter (planned.place <= 3) / max(planned.area_vnd), 2)
        as three_largest_pct,
    round(10000 * sum((planned.assigned_year_vnd / planned.area_vnd) ** 2), 0) as concentration_index,
    count(*) filter (planned.is_difficult) as difficult_project_count,
    sum(planned.assigned_year_vnd) filter (planned.is_difficult) as difficult_plan_vnd,
    round(
        100.0 * coalesce(sum(planned.assigned_year_vnd) filter (planned.is_difficult), 0) / max(planned.area_vnd), 2
    ) as difficult_pct
from planned
cross join asked_period
group by asked_period.reporting_period_id, planned.area_level, planned.reporting_unit_id
order by planned.area_level, planned.reporting_unit_id
