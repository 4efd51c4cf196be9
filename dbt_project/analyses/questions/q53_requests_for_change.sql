-- Câu hỏi 53. Những đề nghị thay lãnh đạo giúp đỡ xã nào đã gửi, đã quyết định chưa, chờ bao nhiêu ngày?
-- Question 53. Which requests for a change of leader were made, are they decided, how many days did they wait?
-- Items: 5.2, 5.27
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: one request (an assignment asked to be changed by D). A decision after D counts as none on D. days_waited:
-- from the day asked to the decision, or to D. is_past_january: an open request older than the latest 31 January, the
-- month in which the arrangement is renewed.
with

assignments as (
    select * from marts.fct_helper_assignment
),

units as (
    select * from marts.dim_administrative_unit
),

agencies as (
    select * from marts.dim_agency
),

asked as (
    select
        *,
        case when change_decided_on <= $day::date then change_decided_on end as decided_on
    from assignments
    where change_requested_on <= $day::date
),

final as (
    select
        asked.unit_id,
        units.name_vi as commune_name,
        asked.agency_code,
        agencies.name_vi as agency_name,
        asked.leader_name,
        asked.change_requested_on,
        asked.change_reason,
        asked.proposed_leader,
        asked.decided_on,
        asked.decided_on is null as is_open,
        date_diff('day', asked.change_requested_on, coalesce(asked.decided_on, $day::date)) as days_waited,
        asked.decided_on is null
        and asked.change_requested_on <= make_date(
            year($day::date) - case when month($day::date) = 1 then 1 else 0 end, 1, 31
        ) as is_past_january
    from asked
    inner join units on asked.unit_id = units.unit_id
    inner join agencies on asked.agency_code = agencies.agency_code
    order by is_open desc, days_waited desc, asked.unit_id
)

select * from final
