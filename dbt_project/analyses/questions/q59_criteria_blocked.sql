-- Câu hỏi 59. Vướng mắc cản trở những tiêu chí nào, xử lý xong thì tiêu chí có đạt không?
-- Question 59. Which criteria do obstacles block, and was the criterion met once they were resolved?
-- Items: 1.18, 5.6, 5.19
-- Parameters: $day (DATE) = D. Facts as known now.
-- Whole / Trọn vẹn.
-- Grain: criteria set x criterion; obstacles and proposals raised by D that name a criterion of their place. Resolved
-- by D are met_afterwards (met in some period closed since), not_met_yet, or unknown (no period closed since has a
-- mark); the three add up to resolved_count. met_afterwards_pct is a share of the two that are known.
-- It says what followed, not what caused it.
with

blocked as (
    select
        *,
        coalesce(resolved_on <= $day::date, false) as is_resolved
    from marts.fct_obstacle_criterion
    where raised_on <= $day::date
),

criteria as (
    select * from marts.dim_criterion
),

counted as (
    select
        criteria_set_code,
        criterion_no,
        count(*) as obstacle_count,
        count(distinct unit_id) as place_count,
        count(*) filter (mark_when_raised = 'CD') as not_met_when_raised_count,
        count(*) filter (not is_resolved) as open_count,
        count(*) filter (is_resolved) as resolved_count,
        count(*) filter (is_resolved and is_met_afterwards) as met_afterwards_count,
        count(*) filter (is_resolved and not is_met_afterwards) as not_met_yet_count,
        count(*) filter (is_resolved and is_met_afterwards is null) as unknown_count
    from blocked
    group by criteria_set_code, criterion_no
)

select
    counted.criteria_set_code,
    counted.criterion_no,
    criteria.criterion_name_vi,
    counted.obstacle_count,
    counted.place_count,
    counted.not_met_when_raised_count,
    counted.open_count,
    counted.resolved_count,
    counted.met_afterwards_count,
    counted.not_met_yet_count,
    counted.unknown_count,
    round(
        100.0 * counted.met_afterwards_count / nullif(counted.met_afterwards_count + counted.not_met_yet_count, 0), 2
    ) as met_afterwards_pct
from counted
left join criteria
    on
        counted.criteria_set_code = criteria.set_code
        and counted.criterion_no = criteria.criterion_no
order by counted.obstacle_count desc, counted.criteria_set_code, counted.criterion_no
