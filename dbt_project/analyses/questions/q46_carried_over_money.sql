-- Câu hỏi 46. Vốn các năm trước kéo dài còn bao nhiêu, đã giải ngân, hủy hoặc nộp trả bao nhiêu?
-- Question 46. How much money of earlier plan years is carried over, spent, cancelled or returned?
-- Items: 1.9, 4.6
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit) x programme x source x plan year before the year of P(D), the latest period
-- closed by D. Left = assigned, adjusted, less disbursed and returned. Never in one rate with this year's money. Đồng.
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

lines as (
    select funding.*
    from marts.fct_funding as funding
    inner join asked_period on funding.reporting_period_id = asked_period.reporting_period_id
    where funding.is_carried_over
)

select
    asked_period.reporting_period_id,
    case when grouping(lines.reporting_unit_id) = 1 then 'province' else 'unit' end as area_level,
    lines.reporting_unit_id,
    lines.programme_code,
    lines.source_code,
    lines.plan_year,
    sum(lines.assigned_vnd) as assigned_vnd,
    sum(lines.disbursed_vnd) as disbursed_vnd,
    round(100.0 * sum(lines.disbursed_vnd) / nullif(sum(lines.assigned_vnd), 0), 2) as disbursed_pct,
    sum(lines.returned_vnd) as returned_vnd,
    sum(
        lines.assigned_vnd + coalesce(lines.adjusted_vnd, 0) - coalesce(lines.disbursed_vnd, 0)
        - coalesce(lines.returned_vnd, 0)
    ) as left_vnd
from lines
cross join asked_period
group by
    grouping sets (
        (lines.reporting_unit_id, lines.programme_code, lines.source_code, lines.plan_year),
        (lines.programme_code, lines.source_code, lines.plan_year)
    ), asked_period.reporting_period_id
order by area_level, lines.reporting_unit_id, lines.programme_code, lines.source_code, lines.plan_year
