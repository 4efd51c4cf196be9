-- Câu hỏi 62. Người dân đóng góp bao nhiêu tiền, ngày công, đất, theo đơn giá nào, giá trị quy đổi có đúng không?
-- Question 62. What did residents contribute in cash, labour and land, at which prices, and does the value follow?
-- Items: 5.29, 2.26
-- Parameters: $day (DATE) = D. Facts as known now.
-- Whole / Trọn vẹn.
-- Grain: area (unit, province) x kind, at the latest period closed by D that owes the form (6 months, year), cumulative
-- from the start of the report year; residents only, apart from what helpers found (question 61). Money in đồng.
-- quantity only where one unit is counted (labour-days, square metres of land). difference_vnd = reported less quantity
-- times price, over the lines that have both; unpriced_vnd: lines told by their value alone, cash not among them.
-- in_helped_communes_vnd: in communes with a valid assignment on the closing day.
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

helped as (
    select distinct assignments.unit_id
    from marts.fct_helper_assignment as assignments
    cross join asked_period
    where
        assignments.valid_from <= asked_period.data_to
        and (assignments.valid_to is null or assignments.valid_to > asked_period.data_to)
),

given as (
    select
        contributions.*,
        helped.unit_id is not null as is_helped
    from marts.fct_contribution as contributions
    inner join asked_period on contributions.reporting_period_id = asked_period.reporting_period_id
    left join helped on contributions.unit_id = helped.unit_id
    where contributions.giver_code = 'residents'
),

counted as (
    select
        reporting_period_id,
        reporting_unit_id,
        kind_code,
        count(*) as line_count,
        count(distinct unit_id) as commune_count,
        sum(household_count) as household_count,
        sum(quantity) filter (kind_code in ('labour_days', 'land')) as quantity,
        min(unit_price_vnd) as lowest_price_vnd,
        max(unit_price_vnd) as highest_price_vnd,
        sum(value_vnd) as value_vnd,
        sum(computed_value_vnd) as computed_value_vnd,
        sum(difference_vnd) as difference_vnd,
        sum(value_vnd) filter (value_basis = 'stated') as unpriced_vnd,
        coalesce(sum(value_vnd) filter (is_helped), 0) as in_helped_communes_vnd
    from given
    group by grouping sets ((reporting_period_id, reporting_unit_id, kind_code), (reporting_period_id, kind_code))
)

select
    counted.reporting_period_id,
    case when counted.reporting_unit_id is null then 'province' else 'unit' end as area_level,
    counted.reporting_unit_id,
    coalesce(reporting_units.name_vi, 'Toàn tỉnh') as area_name,
    counted.* exclude (reporting_period_id, reporting_unit_id)
from counted
left join reporting_units on counted.reporting_unit_id = reporting_units.reporting_unit_id
order by area_level, counted.reporting_unit_id, counted.kind_code
