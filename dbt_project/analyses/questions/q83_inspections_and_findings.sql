-- Câu hỏi 83. Kiểm tra, giám sát đến đâu so với kế hoạch, phát hiện và xử lý gì, thu hồi bao nhiêu, phòng ngừa ra sao?
-- Question 83. How far are inspection and supervision against plan, what was found, handled, recovered, and prevented?
-- Items: 4.12, 4.17
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit). planned = in the plan of the report year of P for a day up to
-- its closing day; of these done_of_planned were held by then; done_unplanned stood in no plan. P = the latest period
-- of six months or a year closed by D. Findings, money and what is past its day of mending (follow_up_overdue: due
-- before the closing day, not all handled) are of inspections and supervision held; prevention counts the measures
-- against wrongdoing and waste. Money in đồng; a sum of nothing filled in is null.
with

periods as (
    select *
    from marts.dim_reporting_period
    where period_type in ('6_months', 'year') and data_to <= $day::date
    order by data_to desc
    limit 1
),

seen as (
    select
        activities.*,
        periods.reporting_period_id as asked_period_id,
        activities.kind_code in ('inspection', 'supervision') as is_inspection,
        coalesce(activities.activity_date between periods.data_from and periods.data_to, false) as is_held,
        coalesce(activities.planned_on between periods.data_from and periods.data_to, false) as is_planned,
        activities.follow_up_due_on < periods.data_to and activities.handled_count < activities.finding_count as is_left
    from marts.fct_activity as activities
    cross join periods
    where activities.kind_code in ('inspection', 'supervision', 'prevention')
)

select
    asked_period_id as reporting_period_id,
    if(grouping(reporting_unit_id) = 1, 'province', 'unit') as area_level,
    reporting_unit_id,
    count(*) filter (is_inspection and is_planned) as planned_count,
    count(*) filter (is_inspection and is_planned and is_held) as done_of_planned_count,
    count(*) filter (is_inspection and is_held and planned_on is null) as done_unplanned_count,
    round(100.0 * done_of_planned_count / nullif(planned_count, 0), 2) as done_of_planned_pct,
    count(*) filter (is_inspection and is_held and actor_kind = 'community') as by_community_count,
    sum(finding_count) filter (is_inspection and is_held) as finding_count,
    sum(handled_count) filter (is_inspection and is_held) as handled_count,
    count(*) filter (is_inspection and is_held and is_left) as follow_up_overdue_count,
    sum(to_recover_vnd) filter (is_inspection and is_held) as to_recover_vnd,
    sum(recovered_vnd) filter (is_inspection and is_held) as recovered_vnd,
    count(*) filter (kind_code = 'prevention' and is_held) as prevention_count
from seen
where is_held or is_planned
group by grouping sets ((asked_period_id, reporting_unit_id), (asked_period_id))
order by area_level, reporting_unit_id
