-- Câu hỏi 92. Khi khoá sổ, từng kỳ có số giải ngân bao nhiêu, và từ đó có đổi không?
-- Question 92. What was the disbursement of each period when it was locked, and has it moved since?
-- Items: 5.17, 1.5
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: period x reporting unit for which a period closed by D was ever locked. The figure at lock is what was known
-- at the last closing; a reopening and a correction leave it as it is until the period is closed again. has_moved
-- without a reopening cannot be. Money in đồng, cumulative in the report year.
with

at_lock as (
    select
        reporting_period_id,
        reporting_unit_id,
        sum(disbursed_vnd) as disbursed_vnd
    from marts.fct_funding__at_lock()
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
    locks.reporting_period_id,
    locks.reporting_unit_id,
    locks.is_closed,
    locks.closed_at,
    locks.closed_by,
    at_lock.disbursed_vnd as disbursed_at_lock_vnd,
    now_known.disbursed_vnd as disbursed_now_vnd,
    now_known.disbursed_vnd is distinct from at_lock.disbursed_vnd as has_moved
from marts.fct_period_lock as locks
inner join marts.dim_reporting_period as periods on locks.reporting_period_id = periods.reporting_period_id
left join at_lock
    on
        locks.reporting_period_id = at_lock.reporting_period_id
        and locks.reporting_unit_id = at_lock.reporting_unit_id
left join now_known
    on
        locks.reporting_period_id = now_known.reporting_period_id
        and locks.reporting_unit_id = now_known.reporting_unit_id
where periods.data_to <= $day::date
order by locks.reporting_period_id, locks.reporting_unit_id
