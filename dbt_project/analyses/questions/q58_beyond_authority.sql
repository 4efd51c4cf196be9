-- Câu hỏi 58. Việc vượt thẩm quyền đã chuyển đến đâu, được trả lời chưa, sau bao nhiêu ngày?
-- Question 58. What lies beyond the units' authority: where was it sent, was it answered, after how many days?
-- Items: 3.12, 5.7
-- Parameters: $day (DATE) = D. Facts as known now.
-- Whole / Trọn vẹn.
-- Grain: level that has to act x agency (only of provincial departments); obstacles and proposals beyond the authority
-- of the unit that reports them, raised by D. In time: answered by last_day_in_time of fct_obstacle (the due date;
-- where there is none, the days the Office allows). Waiting: neither answered nor resolved by D.
with

obstacles as (
    select
        *,
        coalesce(answered_on <= $day::date, false) as is_answered,
        not coalesce(answered_on <= $day::date, false) and not coalesce(resolved_on <= $day::date, false) as is_waiting
    from marts.fct_obstacle
    where
        not is_within_authority
        and raised_on <= $day::date
),

agencies as (
    select * from marts.dim_agency
),

counted as (
    select
        addressee_code,
        addressee_agency_code,
        count(*) as raised_count,
        count(*) filter (escalated_on <= $day::date) as escalated_count,
        count(*) filter (is_answered) as answered_count,
        count(*) filter (is_answered and answered_on <= last_day_in_time) as answered_in_time_count,
        round(avg(answered_on - raised_on) filter (is_answered), 2) as average_days_to_answer,
        max(answered_on - raised_on) filter (is_answered) as longest_days_to_answer,
        count(*) filter (is_waiting) as waiting_count,
        count(*) filter (is_waiting and $day::date > last_day_in_time) as waiting_overdue_count,
        max($day::date - raised_on) filter (is_waiting) as longest_waiting_days
    from obstacles
    group by addressee_code, addressee_agency_code
)

select
    counted.addressee_code,
    counted.addressee_agency_code,
    agencies.name_vi as addressee_agency_name,
    counted.raised_count,
    counted.escalated_count,
    counted.answered_count,
    round(100.0 * counted.answered_count / counted.raised_count, 2) as answered_pct,
    counted.answered_in_time_count,
    counted.average_days_to_answer,
    counted.longest_days_to_answer,
    counted.waiting_count,
    counted.waiting_overdue_count,
    counted.longest_waiting_days
from counted
left join agencies on counted.addressee_agency_code = agencies.agency_code
order by counted.waiting_count desc, counted.addressee_code, counted.addressee_agency_code
