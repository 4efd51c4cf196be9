-- Câu hỏi 100. Cả giai đoạn đến nay, vốn kế hoạch, đã giao, đã thực hiện, đã giải ngân là bao nhiêu?
-- Question 100. Over the stage so far, how much money was planned, assigned, performed and disbursed?
-- Items: 1.4, 4.6, 5.9, 5.24
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit) x measure, as of P(D), the latest period closed by D. Money in đồng, of all
-- sources. Of each year of the stage counts the unit's last report by P(D); money planned or assigned counts in its
-- own plan year and not again where it is carried over; performed and disbursed are what came in each year, carried-
-- over money included. missing_years: no report of the unit; stopped_at: its last report of a year whose later
-- periods are missing. The years of several units that the province's total lacks stand in units_with_missing_years
-- and units_stopped.
with

asked_period as (
    select *
    from marts.dim_reporting_period
    where period_type <> 'stage' and data_to <= $day::date
    order by data_to desc
    limit 1
),

totals as (
    select totals_of_units.*
    from marts.fct_stage_total as totals_of_units
    inner join asked_period on totals_of_units.reporting_period_id = asked_period.reporting_period_id
    where
        totals_of_units.mart = 'fct_funding'
        and totals_of_units.measure in ('planned_vnd', 'assigned_vnd', 'performed_vnd', 'disbursed_vnd')
)

select
    if(grouping(reporting_unit_id) = 1, 'province', 'unit') as area_level,
    reporting_unit_id,
    stage_code,
    reporting_period_id,
    measure,
    cast(sum(amount) as decimal(20, 0)) as amount_vnd,
    max(year_count) as year_count,
    if(grouping(reporting_unit_id) = 0, max(reported_year_count), null) as reported_year_count,
    if(grouping(reporting_unit_id) = 0, max(missing_years), null) as missing_years,
    if(grouping(reporting_unit_id) = 0, max(stopped_at), null) as stopped_at,
    count(*) filter (missing_years is not null) as units_with_missing_years,
    count(*) filter (stopped_at is not null) as units_stopped
from totals
group by grouping sets (
    (reporting_unit_id, stage_code, reporting_period_id, measure),
    (stage_code, reporting_period_id, measure)
)
order by area_level, reporting_unit_id, measure
