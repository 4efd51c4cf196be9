-- Câu hỏi 54. Lãnh đạo, cơ quan, tổ giúp việc được chấm bao nhiêu điểm, và minh chứng cho bao nhiêu điểm?
-- Question 54. How many points did leaders, agencies and teams get, and how many does the evidence bear out?
-- Items: 5.18, 5.19, 5.30
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: one evaluation (subject x agency x commune x evaluator) of the latest report year closed by D. computed_points
-- follow from the evidence by the scale of the year (dim_evaluation_weight, assumed); compared are only the parts whose
-- evidence is known: checked_weight of 100, with the points given for the same parts.
-- widest_part: where the points given go furthest beyond the evidence. Reminders are those of the evaluator.
with

periods as (
    select * from marts.dim_reporting_period
),

evaluations as (
    select * from marts.fct_evaluation
),

parts as (
    select * from marts.fct_evaluation_part
),

-- the latest report year closed by D
asked_year as (
    select *
    from periods
    where
        period_type = 'year'
        and data_to <= $day::date
    order by data_to desc
    limit 1
),

checked as (
    select
        evaluation_id,
        sum(weight_points) as checked_weight,
        sum(given_points) as checked_given_points,
        sum(computed_points) as computed_points,
        arg_max(part_code, (points_difference, part_code)) as widest_part,
        max(points_difference) as widest_difference
    from parts
    where points_difference is not null
    group by evaluation_id
),

final as (
    select
        asked_year.year,
        evaluations.subject_code,
        evaluations.agency_code,
        evaluations.unit_id,
        evaluations.evaluator_code,
        evaluations.subject_name,
        evaluations.total_points,
        evaluations.rating_code,
        checked.checked_weight,
        checked.checked_given_points,
        checked.computed_points,
        checked.checked_given_points - checked.computed_points as beyond_evidence_points,
        checked.widest_part,
        checked.widest_difference,
        evaluations.reminder_count,
        evaluations.last_reminded_on
    from evaluations
    inner join asked_year on evaluations.reporting_period_id = asked_year.reporting_period_id
    left join checked on evaluations.evaluation_id = checked.evaluation_id
    where evaluations.subject_code <> 'unit_head'
    order by beyond_evidence_points desc, evaluations.unit_id, evaluations.subject_code, evaluations.agency_code
)

select * from final
