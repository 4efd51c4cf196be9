-- Câu hỏi 43. Nợ đọng xây dựng cơ bản còn bao nhiêu, ở đâu, từ bao giờ, cấp nào phải trả?
-- Question 43. How much construction debt is left, where, since when, and which level is to pay it?
-- Items: 1.9
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit) with a debt in the reports of P(D), the latest period closed by D. Đồng.
-- Reported debt by paying level; beside it the debt computed from volume and money assigned, and how many disagree. A
-- commune with debt cannot be recognised: indebted_place_count. Overdue: to be paid before the closing day.
with

asked_period as (
    select *
    from marts.dim_reporting_period
    where
        period_type <> 'stage'
        and data_to <= $day::date
    order by data_to desc
    limit 1
)

select
    asked_period.reporting_period_id,
    case when grouping(debts.reporting_unit_id) = 1 then 'province' else 'unit' end as area_level,
    debts.reporting_unit_id,
    count(*) as project_count,
    count(distinct debts.unit_id) as indebted_place_count,
    sum(debts.debt_vnd) as debt_vnd,
    sum(debts.debt_central_vnd) as debt_central_vnd,
    sum(debts.debt_province_vnd) as debt_province_vnd,
    sum(debts.debt_district_vnd) as debt_district_vnd,
    sum(debts.debt_commune_vnd) as debt_commune_vnd,
    sum(debts.debt_computed_vnd) as debt_computed_vnd,
    count(*) filter (debts.is_agreed is distinct from true) as differing_count,
    sum(debts.unpaid_vnd) as unpaid_vnd,
    min(debts.debt_since) as oldest_since,
    max(debts.age_days) as oldest_age_days,
    count(*) filter (debts.is_overdue) as overdue_count,
    sum(debts.debt_vnd) filter (debts.is_overdue) as overdue_vnd
from marts.fct_construction_debt as debts
inner join asked_period on debts.reporting_period_id = asked_period.reporting_period_id
group by grouping sets ((debts.reporting_unit_id), ()), asked_period.reporting_period_id
order by area_level, debt_vnd desc
