-- Câu hỏi 39. Tín dụng cho nông nghiệp, nông thôn: cho vay bao nhiêu, dư nợ bao nhiêu, ủy thác bao nhiêu?
-- Question 39. Credit for agriculture and rural areas: how much lent, outstanding, entrusted by local budgets?
-- Items: 4.10
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit) x source, in the reports of P(D), the latest period closed by D: policy
-- credit, commercial credit, local budgets entrusted to the policy bank; and beside them what enterprises and residents
-- gave. Lent is a flow since the start of the report year; outstanding and borrowers are stocks on the closing day:
-- never added to each other, nor over periods. Contributions are the value performed. Đồng.
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
    select
        funding.*,
        sources.group_code
    from marts.fct_funding as funding
    inner join asked_period on funding.reporting_period_id = asked_period.reporting_period_id
    inner join marts.dim_funding_source as sources on funding.source_code = sources.source_code
    where sources.group_code in ('credit', 'enterprise', 'community')
)

select
    asked_period.reporting_period_id,
    case when grouping(lines.reporting_unit_id) = 1 then 'province' else 'unit' end as area_level,
    lines.reporting_unit_id,
    lines.source_code,
    lines.group_code,
    sum(lines.lent_vnd) as lent_vnd,
    sum(lines.outstanding_vnd) as outstanding_vnd,
    sum(lines.borrower_count) as borrower_count,
    round(sum(lines.outstanding_vnd) / nullif(sum(lines.borrower_count), 0), 0) as outstanding_per_borrower_vnd,
    sum(lines.performed_vnd) as contributed_vnd
from lines
cross join asked_period
group by
    grouping sets (
        (lines.reporting_unit_id, lines.source_code, lines.group_code),
        (lines.source_code, lines.group_code)
    ), asked_period.reporting_period_id
order by area_level, lines.reporting_unit_id, lines.source_code
