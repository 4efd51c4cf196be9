-- Câu hỏi 45. Nội dung ưu tiên có được giao đủ vốn theo kế hoạch không, ước đến hết năm đạt bao nhiêu?
-- Question 45. Do priority contents get the money that was planned, and what is expected by the end of the year?
-- Items: 4.6, 1.5
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit) x programme x content, budget money of the plan year of P(D), the latest
-- period closed by D. Planned, assigned, disbursed and estimated are stages, never added. Đồng.
-- expected_pct: estimate to the end of the year / assigned; disbursed_pct: disbursed so far / assigned.
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
    inner join asked_period
        on
            funding.reporting_period_id = asked_period.reporting_period_id
            and funding.plan_year = asked_period.year
    inner join marts.dim_funding_source as sources on funding.source_code = sources.source_code
    where sources.group_code in ('central', 'local')
)

select
    asked_period.reporting_period_id,
    case when grouping(lines.reporting_unit_id) = 1 then 'province' else 'unit' end as area_level,
    lines.reporting_unit_id,
    lines.programme_code,
    lines.content_code,
    sum(lines.planned_vnd) as planned_vnd,
    sum(lines.assigned_vnd) as assigned_vnd,
    round(100.0 * sum(lines.assigned_vnd) / nullif(sum(lines.planned_vnd), 0), 2) as assigned_pct,
    sum(lines.planned_vnd) - sum(lines.assigned_vnd) as not_assigned_vnd,
    sum(lines.disbursed_vnd) as disbursed_vnd,
    round(100.0 * sum(lines.disbursed_vnd) / nullif(sum(lines.assigned_vnd), 0), 2) as disbursed_pct,
    sum(lines.estimated_year_end_vnd) as estimated_year_end_vnd,
    round(100.0 * sum(lines.estimated_year_end_vnd) / nullif(sum(lines.assigned_vnd), 0), 2) as expected_pct
from lines
cross join asked_period
group by
    grouping sets (
        (lines.reporting_unit_id, lines.programme_code, lines.content_code),
        (lines.programme_code, lines.content_code)
    ), asked_period.reporting_period_id
order by area_level, lines.reporting_unit_id, lines.programme_code, lines.content_code
