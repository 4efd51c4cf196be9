-- Câu hỏi 38. Các dự án, tiểu dự án, nội dung thành phần thực hiện đến đâu ở từng xã, so với kế hoạch?
-- Question 38. How far are projects, sub-projects and contents in each commune, against their plan?
-- Items: 5.9, 5.24
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, place) x programme x part of the programme (project, sub-project, thematic programme; null =
-- none named) x content, in the reports of P(D), the latest period closed by D. A project on several communes stands at
-- its main one. Year: money of the plan of the report year; since start: all money of the projects. Đồng.
with

asked_period as (
    select *
    from marts.dim_reporting_period
    where
        period_type <> 'stage'
        and data_to <= $day::date
    order by data_to desc
    limit 1
)

select
    asked_period.reporting_period_id,
    case when grouping(projects.unit_id) = 1 then 'province' else 'place' end as area_level,
    projects.unit_id,
    projects.programme_code,
    projects.programme_part_code,
    projects.content_code,
    count(*) as project_count,
    count(*) filter (projects.status_code in ('completed', 'closed')) as completed_count,
    sum(projects.investment_vnd) as investment_vnd,
    sum(projects.accepted_vnd) as accepted_vnd,
    round(100.0 * sum(projects.accepted_vnd) / nullif(sum(projects.investment_vnd), 0), 2) as accepted_pct,
    sum(projects.assigned_total_vnd) as assigned_total_vnd,
    sum(projects.disbursed_total_vnd) as disbursed_total_vnd,
    round(100.0 * sum(projects.disbursed_total_vnd) / nullif(sum(projects.assigned_total_vnd), 0), 2)
        as disbursed_total_pct,
    sum(projects.assigned_year_vnd) as assigned_year_vnd,
    sum(projects.disbursed_year_vnd) as disbursed_year_vnd,
    round(100.0 * sum(projects.disbursed_year_vnd) / nullif(sum(projects.assigned_year_vnd), 0), 2)
        as disbursed_year_pct
from marts.fct_project as projects
inner join asked_period on projects.reporting_period_id = asked_period.reporting_period_id
group by
    grouping sets (
        (projects.unit_id, projects.programme_code, projects.programme_part_code, projects.content_code),
        (projects.programme_code, projects.programme_part_code, projects.content_code)
    ), asked_period.reporting_period_id
order by area_level desc, projects.unit_id, projects.programme_code, projects.programme_part_code, projects.content_code
