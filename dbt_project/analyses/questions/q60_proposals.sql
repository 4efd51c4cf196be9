-- Câu hỏi 60. Lãnh đạo các cơ quan giúp đỡ xã và các địa phương đề xuất, kiến nghị những gì, với ai, đã được
-- giải quyết chưa?
-- Question 60. What have helper agencies and localities proposed, to whom, and was it settled?
-- Items: 5.7, 5.20, 5.22
-- Parameters: $day (DATE) = D. Facts as known now.
-- Whole / Trọn vẹn.
-- Grain: agency that raised it (null = a commune, its residents, the unit itself, an owner of works) x level that has
-- to act; proposals raised by D. policy_count: about mechanisms and policies. Answered is not resolved; overdue: open
-- beyond last_day_in_time of fct_obstacle (the due date; where there is none, the days the Office allows).
with

proposals as (
    select
        *,
        resolved_on is null or resolved_on > $day::date as is_open_on_day,
        $day::date > last_day_in_time as is_past_due
    from marts.fct_obstacle
    where
        kind_code = 'proposal'
        and raised_on <= $day::date
),

agencies as (
    select * from marts.dim_agency
),

counted as (
    select
        agency_code,
        addressee_code,
        count(*) as proposal_count,
        count(distinct unit_id) as commune_count,
        count(*) filter (topic_code = 'policy') as policy_count,
        count(*) filter (answered_on <= $day::date) as answered_count,
        count(*) filter (not is_open_on_day) as resolved_count,
        count(*) filter (is_open_on_day) as open_count,
        count(*) filter (is_open_on_day and is_past_due) as overdue_count
    from proposals
    group by agency_code, addressee_code
)

select
    counted.agency_code,
    agencies.name_vi as agency_name,
    counted.addressee_code,
    counted.proposal_count,
    counted.commune_count,
    counted.policy_count,
    counted.answered_count,
    counted.resolved_count,
    counted.open_count,
    counted.overdue_count
from counted
left join agencies on counted.agency_code = agencies.agency_code
order by counted.proposal_count desc, counted.agency_code, counted.addressee_code
