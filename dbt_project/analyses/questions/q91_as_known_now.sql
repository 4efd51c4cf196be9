-- Câu hỏi 91. Số giải ngân báo cáo đến ngày D nay còn đúng không, chênh bao nhiêu?
-- Question 91. Does the disbursement that was reported by day D still hold today, and by how much did it move?
-- Items: 5.17, 1.5
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: period x reporting unit, of every period closed by D, whose form 05 is known today or was known then. Null
-- beside a figure: nothing was known then, or nothing stands today. difference = now − then where both are known. What
-- moved line by line, and why, is question 93. Money in đồng, cumulative in the report year.
with

then_known as (
    select
        reporting_period_id,
        reporting_unit_id,
        sum(disbursed_vnd) as disbursed_vnd
    from marts.fct_funding__known_at(
        timezone('Asia/Ho_Chi_Minh', cast($day::date + 1 as timestamp) - interval 1 microsecond)
    )
    group by reporting_period_id, reporting_unit_id
),

now_known as (
    select
        reporting_period_id,
        reporting_unit_id,
        sum(disbursed_vnd) as disbursed_vnd
    from marts.fct_funding
    group by reporting_period_id, reporting_unit_id
)

select
    periods.reporting_period_id,
    coalesce(then_known.reporting_unit_id, now_known.reporting_unit_id) as reporting_unit_id,
    then_known.disbursed_vnd as disbursed_as_reported_vnd,
    now_known.disbursed_vnd as disbursed_now_vnd,
    now_known.disbursed_vnd - then_known.disbursed_vnd as difference_vnd,
    now_known.disbursed_vnd is distinct from then_known.disbursed_vnd as has_moved
from then_known
full outer join now_known
    on
        then_known.reporting_period_id = now_known.reporting_period_id
        and then_known.reporting_unit_id = now_known.reporting_unit_id
inner join marts.dim_reporting_period as periods
    on coalesce(then_known.reporting_period_id, now_known.reporting_period_id) = periods.reporting_period_id
where periods.data_to <= $day::date
order by periods.reporting_period_id, reporting_unit_id
