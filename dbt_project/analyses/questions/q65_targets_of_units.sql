-- Câu hỏi 65. Năm nay và các năm sau, mỗi đơn vị báo cáo đặt chỉ tiêu gì, theo văn bản nào, và đạt đến đâu?
-- Question 65. This year and in those to come, what did each reporting unit aim at, by which document, and how far
-- did it get?
-- Items: 1.3, 1.11, 1.22, 2.14
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn. The head of the unit answers for these results (item 1.3).
-- Grain: reporting unit × measure × year or stage aimed at, from the year of D on; only targets in force, set by D (in
-- a report closed by D). result = of the latest report of the year aimed at that was closed by D, null before there is
-- one; rates in percent, averages per commune. is_reached is null as long as there is no result.
with

targets as (
    select
        targets.*,
        measures.name_vi as measure_name,
        measures.unit as measure_unit
    from marts.fct_target as targets
    inner join marts.dim_target_measure as measures on targets.measure_code = measures.measure_code
    inner join marts.dim_reporting_period as periods on targets.reporting_period_id = periods.reporting_period_id
    where
        periods.data_to <= $day::date
        and targets.plan_year >= year($day::date)
        and targets.owner_code is null
    qualify row_number() over (
        partition by targets.unit_id, targets.measure_code, targets.horizon_code, targets.plan_year
        order by periods.data_to desc
    ) = 1
),

results as (
    select results.*
    from marts.fct_target_result as results
    inner join marts.dim_reporting_period as periods on results.result_period_id = periods.reporting_period_id
    where periods.data_to <= $day::date
    qualify row_number() over (
        partition by results.judgement_id, results.row_id order by periods.data_to desc
    ) = 1
),

final as (
    select
        targets.unit_id,
        units.name_vi as unit_name,
        targets.measure_code,
        targets.measure_name,
        targets.horizon_code,
        targets.plan_year,
        targets.target_value,
        round(
            results.result_part * case when targets.measure_unit = '%' then 100 else 1 end
            / coalesce(nullif(results.result_whole, 0), 1), 2
        ) as result,
        results.is_reached,
        targets.document_no,
        targets.decided_on
    from targets
    left join results on targets.judgement_id = results.judgement_id and targets.row_id = results.row_id
    inner join marts.dim_administrative_unit as units on targets.unit_id = units.unit_id
    where units.reported_by_unit_id = targets.unit_id
    order by targets.unit_id, targets.plan_year, targets.measure_code
)

select * from final
