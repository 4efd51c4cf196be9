-- Câu hỏi 86. Nội dung ưu tiên, chương trình chuyên đề được bố trí đủ kinh phí theo kế hoạch chưa, đã dùng bao nhiêu?
-- Question 86. Are priority contents and thematic programmes given the money that was planned, and how much is used?
-- Items: 4.5, 4.6, 4.11
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit) x programme x theme, of P, the latest period of six months or a
-- year closed by D; rows of null theme sum up the programme (is_sum). NTM itself stands for the priorities outside the
-- six programmes (cooperatives, start-ups, livelihoods). shortfall = planned − assigned of each line, not below 0: the
-- surplus of one place never covers another. Money in đồng, cumulative in the report year; shares of nothing are null.
with

periods as (
    select *
    from marts.dim_reporting_period
    where period_type in ('6_months', 'year') and data_to <= $day::date
    order by data_to desc
    limit 1
),

lines as (
    select
        results.reporting_period_id as asked_period_id,
        results.reporting_unit_id,
        results.programme_code,
        indicators.theme_code,
        results.planned_vnd,
        results.assigned_vnd,
        results.disbursed_vnd,
        greatest(results.planned_vnd - results.assigned_vnd, 0) as shortfall_vnd
    from marts.fct_thematic_result as results
    inner join periods on results.reporting_period_id = periods.reporting_period_id
    inner join marts.dim_thematic_indicator as indicators on results.indicator_code = indicators.indicator_code
    where results.planned_vnd is not null
)

select
    asked_period_id as reporting_period_id,
    if(grouping(reporting_unit_id) = 1, 'province', 'unit') as area_level,
    reporting_unit_id,
    programme_code,
    theme_code,
    grouping(theme_code) = 1 as is_sum,
    count(*) as line_count,
    sum(planned_vnd) as planned_vnd,
    sum(assigned_vnd) as assigned_vnd,
    sum(disbursed_vnd) as disbursed_vnd,
    sum(shortfall_vnd) as shortfall_vnd,
    round(100.0 * sum(assigned_vnd) / nullif(sum(planned_vnd), 0), 2) as assigned_pct,
    round(100.0 * sum(disbursed_vnd) / nullif(sum(assigned_vnd), 0), 2) as disbursed_pct
from lines
group by grouping sets (
    (asked_period_id, reporting_unit_id, programme_code, theme_code),
    (asked_period_id, reporting_unit_id, programme_code),
    (asked_period_id, programme_code, theme_code),
    (asked_period_id, programme_code)
)
order by area_level, reporting_unit_id, programme_code, is_sum desc, theme_code
