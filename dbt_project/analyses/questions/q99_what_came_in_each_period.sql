-- Câu hỏi 99. Trong năm, mỗi kỳ giải ngân và thực hiện thêm bao nhiêu, kể cả sau kỳ thiếu báo cáo?
-- Question 99. How much was disbursed and performed in each period of the year, also after a missing report?
-- Items: 1.4, 4.6, 5.9, 5.24
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit) x measure x period of the report year of P(D), the latest period closed by
-- D, x day from which the amount runs. Money in đồng, as the office knows it now. An amount runs from the day after
-- the last earlier period of the year in which the line is known, else from the start of the year: where a report or
-- a line is missing it covers several periods (period_count) and is never put into one of them. A cumulative below an
-- earlier one is a restatement: taken_back_vnd, part of amount_vnd, is corrected, not spent. For each line the
-- amounts of the year add up to its latest cumulative.
with

asked_period as (
    select *
    from marts.dim_reporting_period
    where period_type <> 'stage' and data_to <= $day::date
    order by data_to desc
    limit 1
),

amounts as (
    select
        discrete.*,
        periods.data_to
    from marts.fct_discrete_amount as discrete
    inner join marts.dim_reporting_period as periods on discrete.reporting_period_id = periods.reporting_period_id
    inner join asked_period
        on
            periods.year = asked_period.year
            and periods.data_to <= asked_period.data_to
    where
        discrete.mart = 'fct_funding'
        and discrete.measure in ('disbursed_vnd', 'performed_vnd')
)

select
    if(grouping(reporting_unit_id) = 1, 'province', 'unit') as area_level,
    reporting_unit_id,
    measure,
    reporting_period_id,
    runs_from,
    runs_to,
    max(period_count) as period_count,
    cast(sum(discrete_value) as decimal(20, 0)) as amount_vnd,
    cast(coalesce(sum(discrete_value) filter (state = 'restated'), 0) as decimal(20, 0)) as taken_back_vnd,
    count(*) as line_count,
    count(*) filter (state = 'restated') as restated_line_count
from amounts
where state <> 'unknown'
group by grouping sets (
    (reporting_unit_id, measure, reporting_period_id, runs_from, runs_to),
    (measure, reporting_period_id, runs_from, runs_to)
)
order by measure, runs_to, runs_from, area_level, reporting_unit_id
