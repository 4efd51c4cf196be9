-- Câu hỏi 76. Đã ban hành bao nhiêu văn bản hướng dẫn so với kế hoạch; nơi nào có chính sách hỗ trợ đặc thù, kinh
-- phí bao nhiêu?
-- Question 76. How many guidance documents were issued against plan; where are special support policies,
-- with what budget?
-- Items: 4.3
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit that owes a report for P), P = the latest period of six months
-- or a year closed by D. planned = guidance planned for a day of the report year up to its closing day;
-- issued_of_planned = of these, issued by then; issued_unplanned = issued in the year and in no plan. Special policies:
-- issued by the closing day and not ended. Money in đồng, null where no policy names its budget.
with

periods as (
    select *
    from marts.dim_reporting_period
    where period_type in ('6_months', 'year') and data_to <= $day::date
    order by data_to desc
    limit 1
),

expected as (
    select distinct expected.reporting_unit_id, periods.reporting_period_id, periods.data_from, periods.data_to
    from marts.fct_submission as expected
    inner join periods on expected.reporting_period_id = periods.reporting_period_id
),

seen as (
    select
        expected.reporting_period_id as asked_period_id,
        expected.reporting_unit_id as area_id,
        policies.kind_code = 'guidance' as is_guidance,
        coalesce(policies.planned_on between expected.data_from and expected.data_to, false) as is_planned,
        coalesce(policies.issued_on <= expected.data_to, false) as is_issued,
        policies.planned_on is null and policies.issued_on >= expected.data_from as is_beside_plan,
        policies.kind_code = 'special_policy' as is_special,
        policies.ended_on is null or policies.ended_on > expected.data_to as is_open,
        policies.budget_vnd
    from expected
    left join marts.fct_policy as policies on expected.reporting_unit_id = policies.reporting_unit_id
)

select
    asked_period_id as reporting_period_id,
    if(grouping(area_id) = 1, 'province', 'unit') as area_level,
    area_id as reporting_unit_id,
    count(*) filter (is_guidance and is_planned) as planned_count,
    count(*) filter (is_guidance and is_planned and is_issued) as issued_of_planned_count,
    round(100.0 * issued_of_planned_count / nullif(planned_count, 0), 2) as issued_of_planned_pct,
    count(*) filter (is_guidance and is_issued and is_beside_plan) as issued_unplanned_count,
    count(*) filter (is_special and is_issued and is_open) as special_policy_count,
    sum(budget_vnd) filter (is_special and is_issued and is_open) as special_budget_vnd
from seen
group by grouping sets ((asked_period_id, area_id), (asked_period_id))
order by area_level, area_id
