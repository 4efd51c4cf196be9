-- Câu hỏi 70. Các ngành, đoàn thể và đơn vị báo cáo chọn nội dung ưu tiên nào cho năm nay, chỉ tiêu bao nhiêu, đạt đến
-- đâu?
-- Question 70. Which contents did departments, mass organisations and reporting units choose as priority for this year,
-- what did they aim at, and how far did they get?
-- Items: 4.15
-- Parameters: $day (DATE) = D.
-- In part / Một phần: contents that no form counts as measured here (sessions, classes, models of one organisation)
-- have a target and no result.
-- Grain: agency (null = the reporting unit itself) × measure, over all of them: only targets in force for the year of D
-- that were set by D and are a priority. reporting_unit_count = reporting units that chose it; target_sum only of
-- counts in one unit (rates, averages and other contents do not add up: lowest and highest target); reached_count = of
-- these, target reached in the latest report of the year closed by D, null where no result is known.
with

results as (
    select results.*
    from marts.fct_target_result as results
    inner join marts.dim_reporting_period as periods on results.result_period_id = periods.reporting_period_id
    where periods.data_to <= $day::date
    qualify row_number() over (
        partition by results.judgement_id, results.row_id order by periods.data_to desc
    ) = 1
),

targets as (
    select
        targets.*,
        measures.name_vi as measure_name,
        measures.unit as measure_unit,
        measures.measure_kind not in ('profile', 'criteria_average') and measures.unit is not null as is_count,
        results.row_id is not null as has_result,
        results.is_reached as is_reached_by_day
    from marts.fct_target as targets
    inner join marts.dim_target_measure as measures on targets.measure_code = measures.measure_code
    left join results on targets.judgement_id = results.judgement_id and targets.row_id = results.row_id
    where
        targets.is_priority
        and targets.is_in_force
        and targets.horizon_code = 'year'
        and targets.plan_year = year($day::date)
        and targets.decided_on <= $day::date
),

final as (
    select
        targets.owner_code,
        agencies.name_vi as owner_name,
        targets.measure_code,
        targets.measure_name,
        targets.measure_unit,
        count(distinct targets.reporting_unit_id) as reporting_unit_count,
        sum(targets.target_value) filter (targets.is_count) as target_sum,
        min(targets.target_value) as target_lowest,
        max(targets.target_value) as target_highest,
        case
            when count(*) filter (targets.has_result) > 0
                then count(*) filter (targets.has_result and targets.is_reached_by_day)
        end as reached_count
    from targets
    left join marts.dim_agency as agencies on targets.owner_code = agencies.agency_code
    group by all
    order by targets.owner_code nulls first, targets.measure_code
)

select * from final
