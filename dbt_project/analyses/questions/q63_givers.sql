-- Câu hỏi 63. Doanh nghiệp, tổ chức, cá nhân đóng góp bao nhiêu?
-- Question 63. How much do enterprises, organisations and individuals give?
-- Items: 4.10
-- Parameters: $day (DATE) = D. Facts as known now.
-- Whole / Trọn vẹn.
-- Grain: reporting unit, and the province, at the latest period closed by D that owes form 15 (6 months, year);
-- cumulative from the start of the report year. Money in đồng. Credit and entrusted loans: question 39.
-- Given: by form 15, valued. enterprise_funding_vnd: what form 05 says of enterprises, performed; it may hold the same
-- money, so the two stand side by side and are never added. Nothing reported is null, not 0.
with

asked_period as (
    select *
    from marts.dim_reporting_period
    where
        period_type in ('6_months', 'year')
        and data_to <= $day::date
    order by data_to desc
    limit 1
),

reporting_units as (
    select * from marts.dim_reporting_unit
),

funded as (
    select
        reporting_unit_id,
        sum(performed_vnd) filter (source_code = 'DN') as enterprise_funding_vnd
    from marts.fct_funding
    where reporting_period_id in (select asked_period.reporting_period_id from asked_period)
    group by grouping sets ((reporting_unit_id), ())
),

given as (
    select
        reporting_unit_id,
        sum(value_vnd) filter (giver_code = 'enterprise') as enterprise_given_vnd,
        sum(value_vnd) filter (giver_code = 'organisation') as organisation_given_vnd,
        sum(value_vnd) filter (giver_code = 'individual') as individual_given_vnd
    from marts.fct_contribution
    where reporting_period_id in (select asked_period.reporting_period_id from asked_period)
    group by grouping sets ((reporting_unit_id), ())
)

select
    asked_period.reporting_period_id,
    case when coalesce(funded.reporting_unit_id, given.reporting_unit_id) is null then 'province' else 'unit' end
        as area_level,
    coalesce(funded.reporting_unit_id, given.reporting_unit_id) as reporting_unit_id,
    coalesce(reporting_units.name_vi, 'Toàn tỉnh') as area_name,
    funded.enterprise_funding_vnd,
    given.* exclude (reporting_unit_id)
from funded
full join given on funded.reporting_unit_id is not distinct from given.reporting_unit_id
cross join asked_period
left join reporting_units
    on coalesce(funded.reporting_unit_id, given.reporting_unit_id) = reporting_units.reporting_unit_id
order by area_level, reporting_unit_id
