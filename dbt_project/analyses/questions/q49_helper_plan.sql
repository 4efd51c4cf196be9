-- Câu hỏi 49. Kế hoạch giúp đỡ xã trong năm thực hiện đến đâu: số lần đi cơ sở, tiêu chí tăng thêm, nguồn lực huy động?
-- Question 49. How far is the yearly helper plan: visits, criteria gained, resources mobilised?
-- Items: 5.25
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: province and reporting unit, at P(D), cumulative from the start of the report year. Counted are the
-- assignments that the district sums up; planned and done figures are of those with a planned number of visits only, so
-- that numerator and denominator speak of the same; without_plan_count tells the others. done_visits add up the events;
-- reported_visits are what the district says.
with

periods as (
    select * from marts.dim_reporting_period
),

summaries as (
    select * from marts.fct_helper_summary
),

counted as (
    select * from marts.fct_helper_period
),

-- P(D): the latest period whose data were closed by D
asked_period as (
    select *
    from periods
    where
        period_type <> 'stage'
        and data_to <= $day::date
    order by data_to desc
    limit 1
),

stated as (
    select
        summaries.*,
        summaries.planned_visit_count is not null as has_plan,
        counted.visit_count as event_visits
    from summaries
    inner join asked_period on summaries.reporting_period_id = asked_period.reporting_period_id
    left join counted
        on
            summaries.assignment_id = counted.assignment_id
            and summaries.reporting_period_id = counted.reporting_period_id
),

added as (
    select
        case grouping(reporting_unit_id) when 1 then 'province' else 'district' end as area_level,
        reporting_unit_id,
        count(*) as assignment_count,
        count(*) filter (not has_plan) as without_plan_count,
        sum(planned_visit_count) as planned_visits,
        sum(event_visits) filter (has_plan) as done_visits,
        sum(visit_count) filter (has_plan) as reported_visits,
        sum(planned_criteria_count) as planned_criteria,
        sum(gained_criteria_count) filter (has_plan) as gained_criteria,
        sum(planned_support_vnd) as planned_support_vnd,
        sum(support_vnd) filter (has_plan) as support_vnd
    from stated
    group by grouping sets ((reporting_unit_id), ())
),

final as (
    select
        *,
        round(100.0 * done_visits / nullif(planned_visits, 0), 2) as visit_pct,
        round(100.0 * support_vnd / nullif(planned_support_vnd, 0), 2) as support_pct
    from added
    order by area_level desc, reporting_unit_id
)

select * from final
