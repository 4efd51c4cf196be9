-- Câu hỏi 89. Chín nhóm nhiệm vụ trong năm đến đâu: ai chủ trì, chỉ tiêu và kết quả, việc nào quá hạn bao lâu?
-- Question 89. How far are the nine groups of tasks of the year: who leads, target and result, which are overdue
-- by how long?
-- Items: 1.23, 3.16, 4.1, 4.2, 4.15
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: task, as reported for P, the latest period of six months or a year closed by D; its content, lead unit, person
-- and place as reported. A person in charge of a residential area: area_code, from assigned_on to deadline_on. Overdue:
-- not completed and not given up, past its deadline (the later date asked for, else the first one) on the closing day
-- of P; overdue_days up to that day, days_to_day up to D. A continuous task is never final: it has no deadline, and
-- is_final_by_mistake tells one that was reported as completed. result_pct = result against the target of the plan,
-- null without a target; priority tasks are those that units chose themselves.
with

periods as (
    select *
    from marts.dim_reporting_period
    where period_type in ('6_months', 'year') and data_to <= $day::date
    order by data_to desc
    limit 1
)

select
    tasks.reporting_period_id,
    tasks.reporting_unit_id,
    tasks.task_no,
    tasks.group_code,
    tasks.content,
    tasks.unit_id,
    tasks.area_code,
    tasks.owner_kind,
    tasks.owner_name,
    tasks.person_name,
    tasks.assigned_on,
    tasks.is_priority,
    tasks.is_continuous,
    tasks.status_code,
    tasks.target_unit,
    tasks.target_value,
    tasks.result_value,
    round(100.0 * tasks.result_value / nullif(tasks.target_value, 0), 2) as result_pct,
    tasks.deadline_on,
    tasks.is_overdue,
    tasks.overdue_days,
    if(tasks.is_overdue, date_diff('day', tasks.deadline_on, $day::date), null) as days_to_day,
    coalesce(tasks.is_continuous and tasks.status_code = 'completed', false) as is_final_by_mistake
from marts.fct_task_progress as tasks
inner join periods on tasks.reporting_period_id = periods.reporting_period_id
order by tasks.reporting_unit_id, tasks.group_code, tasks.task_no
