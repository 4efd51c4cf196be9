-- Câu hỏi 87. Bao nhiêu doanh nghiệp, hợp tác xã khởi nghiệp được hỗ trợ, bao nhiêu tiền, nay bao nhiêu cơ sở ổn định?
-- Question 87. How many start-ups were supported, with how much money, and how many of those supported work steadily?
-- Items: 4.16
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit) that reports on start-ups for P, the latest period of six
-- months or a year closed by D. supported = since the report year began, against its plan; outcome: of supported_in_all
-- on the closing day, stable work steadily; stable_pct from the sums. Money in đồng, null where none was filled in.
with

periods as (
    select *
    from marts.dim_reporting_period
    where period_type in ('6_months', 'year') and data_to <= $day::date
    order by data_to desc
    limit 1
),

results as (
    select
        results.*,
        results.indicator_code = 'KN_SUPPORT' as is_support
    from marts.fct_thematic_result as results
    inner join periods on results.reporting_period_id = periods.reporting_period_id
    where results.indicator_code in ('KN_SUPPORT', 'KN_STABLE')
)

select
    reporting_period_id,
    if(grouping(reporting_unit_id) = 1, 'province', 'unit') as area_level,
    reporting_unit_id,
    sum(planned_value) filter (is_support) as planned_count,
    sum(value) filter (is_support) as supported_count,
    sum(beneficiary_count) filter (is_support) as beneficiary_count,
    sum(assigned_vnd) filter (is_support) as assigned_vnd,
    sum(disbursed_vnd) filter (is_support) as disbursed_vnd,
    sum(base_value) filter (not is_support) as supported_in_all_count,
    sum(value) filter (not is_support) as stable_count,
    round(100.0 * stable_count / nullif(supported_in_all_count, 0), 2) as stable_pct
from results
group by grouping sets ((reporting_period_id, reporting_unit_id), (reporting_period_id))
order by area_level, reporting_unit_id
