-- Câu hỏi 29. Theo lộ trình, mỗi đơn vị còn mấy tiêu chí, dự kiến xong ngày nào, chậm bao nhiêu ngày so với kế hoạch?
-- Question 29. By its roadmap, how many criteria are left to each unit, when will it be done, how far has it slipped?
-- Items: 2.8, 2.9
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: unit x title aimed at, of the units that have a roadmap.
-- A milestone is done when reached by D. projected_on is the last day of all milestones: the day reached, or the
-- plan in force of those still open; original_projected_on is the same by the first plans. A plan in force that has
-- passed makes an overdue milestone, and the projected day no promise. average_slip_days: of milestones done,
-- against the first plan.
with

milestones as (
    select
        *,
        coalesce(actual_on <= $day::date, false) as is_done
    from marts.fct_roadmap_milestone
),

final as (
    select
        milestones.unit_id,
        units.name_vi as unit_name,
        milestones.title_code,
        milestones.criteria_set_code,
        count(distinct milestones.criterion_no) as criterion_count,
        count(distinct milestones.criterion_no) filter (not milestones.is_done) as open_criterion_count,
        count(*) as milestone_count,
        count(*) filter (milestones.is_done) as milestone_done_count,
        count(*) filter (not milestones.is_done and milestones.planned_on < $day::date) as overdue_count,
        max($day::date - milestones.planned_on) filter (
            not milestones.is_done and milestones.planned_on < $day::date
        ) as longest_overdue_days,
        max(milestones.original_planned_on) as original_projected_on,
        max(if(milestones.is_done, milestones.actual_on, milestones.planned_on)) as projected_on,
        projected_on - original_projected_on as projected_slip_days,
        round(avg(milestones.slip_days) filter (milestones.is_done), 2) as average_slip_days
    from milestones
    inner join marts.dim_administrative_unit as units on milestones.unit_id = units.unit_id
    group by all
    order by milestones.unit_id, milestones.title_code
)

select * from final
