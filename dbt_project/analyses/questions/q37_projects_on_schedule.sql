-- Câu hỏi 37. Bao nhiêu dự án hoàn thành, đúng tiến độ, chậm, chuyển tiếp?
-- Question 37. How many projects are completed, on schedule, late, continued from earlier years?
-- Items: 1.9
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit), projects in the reports of P(D), the latest period closed by D. project_count
-- = not_started + under_way + completed (books closed or not). Completed in the year is nested in completed, on
-- schedule in completed in the year. Overdue: not completed on the closing day although due before it. Continued
-- (chuyển tiếp): begun before the report year. Money in đồng.
with

asked_period as (
    select *
    from marts.dim_reporting_period
    where
        period_type <> 'stage'
        and data_to <= $day::date
    order by data_to desc
    limit 1
),

projects as (
    select facts.*
    from marts.fct_project as facts
    inner join asked_period on facts.reporting_period_id = asked_period.reporting_period_id
)

select
    asked_period.reporting_period_id,
    case when grouping(projects.reporting_unit_id) = 1 then 'province' else 'unit' end as area_level,
    projects.reporting_unit_id,
    count(*) as project_count,
    count(*) filter (projects.status_code = 'not_started') as not_started_count,
    count(*) filter (projects.status_code = 'under_way') as under_way_count,
    count(*) filter (projects.status_code in ('completed', 'closed')) as completed_count,
    count(*) filter (projects.is_completed_in_year) as completed_in_year_count,
    count(*) filter (projects.is_completed_in_year and projects.is_on_schedule) as on_schedule_count,
    round(
        100.0 * count(*) filter (projects.is_completed_in_year and projects.is_on_schedule)
        / nullif(count(*) filter (projects.is_completed_in_year), 0), 2
    ) as on_schedule_pct,
    count(*) filter (
        projects.status_code in ('not_started', 'under_way') and projects.days_late > 0
    ) as overdue_count,
    max(projects.days_late) filter (projects.status_code in ('not_started', 'under_way')) as most_days_late,
    count(*) filter (projects.is_continued) as continued_count,
    sum(projects.carried_over_vnd) as carried_over_vnd,
    sum(projects.disbursed_carried_vnd) as disbursed_carried_vnd
from projects
cross join asked_period
group by grouping sets ((projects.reporting_unit_id), ()), asked_period.reporting_period_id
order by area_level, projects.reporting_unit_id
