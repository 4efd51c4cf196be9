-- Câu hỏi 49. Kế hoạch giúp đỡ xã trong năm thực hiện đến đâu: số lần đi cơ sở, tiêu chí tăng thêm, nguồn lực huy động?
-- Question 49. How far is the yearly helper plan: visits, criteria gained, resources mobilised?
-- Items: 5.25
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: province and reporting unit, at P(D), cumulative from the start of the report year.
-- assignment_count: assignments that the unit sums up and that are in force on the closing day of P;
-- without_plan_count: those of them without a planned number of visits. Planned and done figures are of every
-- assignment of the year with such a number, also of one ended since: numerator and denominator speak of the same.
-- done_visits add up the events; reported_visits are what the unit says. gained_criteria: each commune once,
-- however many help it (the greatest gain that one of them states); planned_criteria add up what each helper plans.
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

assignments as (
    select * from marts.fct_helper_assignment
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
        coalesce(asked_period.data_to < assignments.valid_to, true) as is_in_force,
        row_number() over (
            partition by summaries.unit_id
            order by summaries.planned_visit_count is null, summaries.gained_criteria_count desc nulls last
        ) = 1 as speaks_for_commune,
        counted.visit_count as event_visits
    from summaries
    inner join asked_period on summaries.reporting_period_id = asked_period.reporting_period_id
    left join assignments on summaries.assignment_id = assignments.assignment_id
    left join counted
        on
            summaries.assignment_id = counted.assignment_id
            and summaries.reporting_period_id = counted.reporting_period_id
),

added as (
    select
        case grouping(reporting_unit_id) when 1 then 'province' else 'unit' end as area_level,
        reporting_unit_id,
        count(*) filter (is_in_force) as assignment_count,
        count(*) filter (is_in_force and not has_plan) as without_plan_count,
        sum(planned_visit_count) as planned_visits,
        sum(event_visits) filter (has_plan) as done_visits,
        sum(visit_count) filter (has_plan) as reported_visits,
        sum(planned_criteria_count) filter (has_plan) as planned_criteria,
        sum(gained_criteria_count) filter (has_plan and speaks_for_commune) as gained_criteria,
        sum(planned_support_vnd) filter (has_plan) as planned_support_vnd,
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
    order by area_level, reporting_unit_id
)

select * from final
