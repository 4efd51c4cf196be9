-- Câu hỏi 55. Người đứng đầu đơn vị báo cáo được chấm bao nhiêu điểm, xếp loại nào, kết quả của đơn vị cho thấy bao
-- nhiêu?
-- Question 55. How were heads of reporting units rated, and what do the results of their units say?
-- Items: 1.2, 1.20, 2.20
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: reporting unit, the latest report year closed by D; a unit without an evaluation has a row. Evidence of
-- each part as numerator and denominator: criteria met by its communes, obstacles resolved in time, reports on time.
-- computed_points are null for a part without evidence. The head is who held the post on the closing day.
with

periods as (
    select * from marts.dim_reporting_period
),

reporting_units as (
    select * from marts.dim_reporting_unit
),

submissions as (
    select * from marts.fct_submission
),

evaluations as (
    select * from marts.fct_evaluation
    where subject_code = 'unit_head'
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

laid_out as (
    select
        evaluation_id,
        sum(computed_points) as computed_points,
        sum(weight_points) filter (computed_points is not null) as checked_weight,
        max(evidence_numerator) filter (part_code = 'criteria') as criteria_met,
        max(evidence_denominator) filter (part_code = 'criteria') as criteria_reported,
        max(evidence_numerator) filter (part_code = 'obstacles') as obstacles_in_time,
        max(evidence_denominator) filter (part_code = 'obstacles') as obstacles_raised,
        max(evidence_numerator) filter (part_code = 'reports') as reports_on_time,
        max(evidence_denominator) filter (part_code = 'reports') as reports_owed
    from parts
    group by evaluation_id
),

final as (
    select
        asked_year.year,
        submissions.reporting_unit_id,
        reporting_units.name_vi as district_name,
        evaluations.subject_name as head_name,
        evaluations.evaluator_code,
        evaluations.total_points,
        evaluations.rating_code,
        laid_out.computed_points,
        laid_out.checked_weight,
        laid_out.criteria_met,
        laid_out.criteria_reported,
        laid_out.obstacles_in_time,
        laid_out.obstacles_raised,
        laid_out.reports_on_time,
        laid_out.reports_owed
    from submissions
    inner join asked_year on submissions.reporting_period_id = asked_year.reporting_period_id
    inner join reporting_units on submissions.reporting_unit_id = reporting_units.reporting_unit_id
    left join evaluations
        on
            submissions.reporting_unit_id = evaluations.reporting_unit_id
            and submissions.reporting_period_id = evaluations.reporting_period_id
    left join laid_out on evaluations.evaluation_id = laid_out.evaluation_id
    order by evaluations.total_points desc, submissions.reporting_unit_id
)

select * from final
