-- Câu hỏi 44. Số tổng ghi trong biểu nguồn lực có bằng cộng các dòng không, chênh bao nhiêu?
-- Question 44. Do the printed totals of the resources table equal the sum of their parts, and how far off are they?
-- Items: 1.7, 4.9
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: reporting unit x column of the table with its printed total, in the reports of P(D), the latest period closed
-- by D. Printed is what stands in the workbook; summed adds the rows as typed, loaded those taken in (a row set aside
-- is typed and not loaded). A difference up to 1,000 đồng is rounding. Đồng.
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
    totals.reporting_unit_id,
    reporting_units.name_vi as unit_name,
    totals.sheet,
    totals.section,
    totals.column_name,
    totals.printed_vnd,
    totals.summed_vnd,
    totals.loaded_vnd,
    totals.difference_vnd,
    totals.summed_vnd - totals.loaded_vnd as set_aside_vnd,
    totals.is_agreed
from marts.fct_printed_total as totals
inner join asked_period on totals.reporting_period_id = asked_period.reporting_period_id
inner join marts.dim_reporting_unit as reporting_units
    on totals.reporting_unit_id = reporting_units.reporting_unit_id
order by totals.is_agreed, totals.reporting_unit_id, totals.column_name
