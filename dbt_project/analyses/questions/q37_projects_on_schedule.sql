-- Câu hỏi 37. Bao nhiêu dự án hoàn thành, đúng tiến độ, chậm, chuyển tiếp?
-- Question 37. How many projects are completed, on schedule, late, continued from earlier years?
-- Items: 1.9
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit), projects in the reports of P(D), the latest period closed by D.
-- project_count = not_started + under_way + completed (books closed or not). Completed in the year is nested in
-- completed, on schedule in completed in the year. Overdue: not completed on the closing day although due before it.
-- Continued (chuyển tiếp): begun before the report year. Money in đồng. The figures are of reported_unit_count units of
-- the expected_unit_count that owe a report: the province may be told in part.
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
),

counted as (
    select
        case when grouping(reporting_unit_id) = 1 then 'province' else 'unit' end as area_level,
        reporting_unit_id,
        count(*) as project_count,
        count(*) filter (status_code = 'not_started') as not_started_count,
        count(*) filter (status_code = 'under_way') as under_way_count,
        count(*) filter (status_code in ('completed', 'closed')) as completed_count,
        count(*) filter (is_completed_in_year) as completed_in_year_count,
        count(*) filter (is_completed_in_year and is_on_schedule) as on_schedule_count,
        round(
            100.0 * count(*) filter (is_completed_in_year and is_on_schedule)
            / nullif(count(*) filter (is_completed_in_year), 0), 2
        ) as on_schedule_pct,
        count(*) filter (
            status_code in ('not_started', 'under_way') and days_late > 0
        ) as overdue_count,
        max(days_late) filter (status_code in ('not_started', 'under_way')) as most_days_late,
        count(*) filter (is_continued) as continued_count,
        sum(carried_over_vnd) as carried_over_vnd,
        sum(disbursed_carried_vnd) as disbursed_carried_vnd
    from projects
    group by grouping sets ((reporting_unit_id), ())
),

reports as (
    select
        submissions.reporting_unit_id,
        count(submissions.accepted_submission_id) as reported_unit_count,
        count(*) as expected_unit_count
    from marts.fct_submission as submissions
    inner join asked_period on submissions.reporting_period_id = asked_period.reporting_period_id
    group by grouping sets ((submissions.reporting_unit_id), ())
)

select
    asked_period.reporting_period_id,
    reports.reported_unit_count,
    reports.expected_unit_count,
    counted.*
from counted
cross join asked_period
left join reports on counted.reporting_unit_id is not distinct from reports.reporting_unit_id
order by counted.area_level, counted.reporting_unit_id
