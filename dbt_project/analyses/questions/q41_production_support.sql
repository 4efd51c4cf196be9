-- Câu hỏi 41. Mô hình sản xuất, sinh kế hỗ trợ được bao nhiêu, cho bao nhiêu hộ, thu nhập ở xã đó ra sao?
-- Question 41. How many production and livelihood models, for how many households, and what is income there?
-- Items: 1.24
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit), production projects in the reports of P(D), the latest period closed by D.
-- Đồng. A household helped by two projects is counted in each. Income per head (million đồng a year, indicator 10 of
-- the commune set) is that of all people of the communes: weighed by people_count of the latest commune profile, in the
-- latest period by D in which it was reported; communes with a model beside those without. A commune without a profile
-- is left out. It shows where the models stand, not what they caused. The figures are of reported_unit_count units of
-- the expected_unit_count that owe a report.
with

closed as (
    select *
    from marts.dim_reporting_period
    where
        period_type <> 'stage'
        and data_to <= $day::date
),

asked_period as (
    select *
    from closed
    order by data_to desc
    limit 1
),

models as (
    select projects.*
    from marts.fct_project as projects
    inner join asked_period on projects.reporting_period_id = asked_period.reporting_period_id
    where projects.kind_code = 'production'
),

-- the latest income of each commune
incomes as (
    select
        results.reporting_unit_id,
        results.unit_id,
        results.unit_id in (select models.unit_id from models) as has_model,
        results.value
    from marts.fct_indicator_result as results
    inner join closed on results.reporting_period_id = closed.reporting_period_id
    where
        results.criteria_set_code = 'NTM_XA_2021'
        and results.indicator_no = '10'
        and results.value is not null
    qualify row_number() over (partition by results.unit_id order by closed.data_to desc) = 1
),

-- the latest number of people of each commune
people as (
    select
        profiles.unit_id,
        profiles.people_count
    from marts.fct_commune_profile as profiles
    inner join closed on profiles.reporting_period_id = closed.reporting_period_id
    where profiles.people_count is not null
    qualify row_number() over (partition by profiles.unit_id order by closed.data_to desc) = 1
),

earned as (
    select
        incomes.reporting_unit_id,
        incomes.has_model,
        people.people_count,
        incomes.value * people.people_count as income
    from incomes
    inner join people on incomes.unit_id = people.unit_id
),

averages as (
    select
        reporting_unit_id,
        round(
            sum(income) filter (has_model) / nullif(sum(people_count) filter (has_model), 0), 2
        ) as income_with_model,
        round(
            sum(income) filter (not has_model) / nullif(sum(people_count) filter (not has_model), 0), 2
        ) as income_without_model
    from earned
    group by grouping sets ((reporting_unit_id), ())
),

counted as (
    select
        case when grouping(reporting_unit_id) = 1 then 'province' else 'unit' end as area_level,
        reporting_unit_id,
        count(*) as model_count,
        count(*) filter (status_code in ('completed', 'closed')) as completed_count,
        count(distinct unit_id) as place_count,
        sum(household_count) as household_count,
        sum(investment_vnd) as investment_vnd,
        sum(disbursed_total_vnd) as disbursed_total_vnd
    from models
    group by grouping sets ((reporting_unit_id), ())
),

reports as (
    select
        submissions.reporting_unit_id,
        count(submissions.accepted_submission_id) as reported_unit_count,
        count(*) as expected_unit_count
    from marts.fct_submission as submissions
    inner join asked_period on submissions.reporting_period_id = asked_period.reporting_period_id
    group by grouping sets ((submissions.reporting_unit_id), ())
)

select
    asked_period.reporting_period_id,
    reports.reported_unit_count,
    reports.expected_unit_count,
    counted.*,
    averages.income_with_model,
    averages.income_without_model
from counted
cross join asked_period
left join averages on counted.reporting_unit_id is not distinct from averages.reporting_unit_id
left join reports on counted.reporting_unit_id is not distinct from reports.reporting_unit_id
order by counted.area_level, counted.reporting_unit_id
