-- Câu hỏi 90. Đến hết ngày D, số giải ngân của từng kỳ đã được báo cáo là bao nhiêu?
-- Question 90. What disbursement had been reported for each period by the end of day D, as the office knew it then?
-- Items: 5.17, 1.5
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: period x area (province, reporting unit), of every period closed by D with a report of Biểu 05 known then.
-- Later corrections change nothing here. The measure is cumulative in the report year: of a year only the latest period
-- counts, periods are never added. unit_count tells of how many units the sum speaks. Money in đồng.
with

known as (
    select *
    from marts.fct_funding__known_at(
        timezone('Asia/Ho_Chi_Minh', cast($day::date + 1 as timestamp) - interval 1 microsecond)
    )
)

select
    known.reporting_period_id,
    if(grouping(known.reporting_unit_id) = 1, 'province', 'unit') as area_level,
    known.reporting_unit_id,
    count(distinct known.reporting_unit_id) as unit_count,
    count(*) as line_count,
    sum(known.assigned_vnd) as assigned_vnd,
    sum(known.disbursed_vnd) as disbursed_vnd
from known
inner join marts.dim_reporting_period as periods on known.reporting_period_id = periods.reporting_period_id
where periods.data_to <= $day::date
group by grouping sets (
    (known.reporting_period_id, known.reporting_unit_id),
    (known.reporting_period_id)
)
order by known.reporting_period_id, area_level, known.reporting_unit_id
