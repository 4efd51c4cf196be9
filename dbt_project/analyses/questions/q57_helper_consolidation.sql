-- Câu hỏi 57. Đơn vị báo cáo đã tổng hợp kết quả giúp đỡ xã theo quý, 6 tháng, 9 tháng, năm, giai đoạn chưa; số tổng
-- hợp có khớp?
-- Question 57. Did reporting units consolidate helper results each quarter, 6 months, 9 months, year and stage; do
-- the sums agree?
-- Items: 5.16, 5.31
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: reporting unit x period of the report year of P(D) closed by D, and the stage to date.
-- The stage adds the latest closed period of each of its years that was expected. Counted visits add up the events.
-- assignment_count: assignments in force on the closing day, of the latest of the periods where there are several.
-- is_consolidated: the summary came for the period (for the stage: for each of its years). compared_count: assignments
-- with both figures; differing_count of them differ.
with

periods as (
    select * from marts.dim_reporting_period
    where
        period_type <> 'stage'
        and data_to <= $day::date
),

submissions as (
    select * from marts.fct_submission
),

counted as (
    select * from marts.fct_helper_period
),

assignments as (
    select * from marts.fct_helper_assignment
),

asked_period as (
    select * from periods
    order by data_to desc
    limit 1
),

expected as (
    select
        submissions.reporting_unit_id,
        periods.reporting_period_id,
        periods.period_type,
        periods.year,
        periods.data_to,
        periods.year = asked_period.year as is_of_year,
        row_number() over (
            partition by submissions.reporting_unit_id, periods.year
            order by periods.data_to desc
        ) = 1 as is_latest_of_year
    from submissions
    inner join periods on submissions.reporting_period_id = periods.reporting_period_id
    inner join asked_period on periods.stage = asked_period.stage
),

summed as (
    select
        counted.reporting_unit_id,
        counted.reporting_period_id,
        count(*) filter (coalesce(periods.data_to < assignments.valid_to, true)) as in_force_count,
        count(counted.reported_visit_count) as reported_count,
        count(counted.visit_difference) as compared_count,
        count(*) filter (counted.visit_difference <> 0) as differing_count,
        sum(counted.reported_visit_count) as reported_visits,
        sum(counted.visit_count) as counted_visits
    from counted
    inner join periods on counted.reporting_period_id = periods.reporting_period_id
    left join assignments on counted.assignment_id = assignments.assignment_id
    group by counted.reporting_unit_id, counted.reporting_period_id
),

owed as (
    select
        *,
        period_type as row_type
    from expected
    where is_of_year
    union all
    select
        *,
        'stage' as row_type
    from expected
    where is_latest_of_year
),

latest as (
    select
        *,
        row_number() over (partition by reporting_unit_id, row_type order by data_to desc) = 1 as is_latest
    from owed
),

final as (
    select
        owed.reporting_unit_id,
        owed.row_type as period_type,
        count(*) as period_count,
        bool_and(coalesce(summed.reported_count, 0) > 0) as is_consolidated,
        max(summed.in_force_count) filter (owed.is_latest) as assignment_count,
        coalesce(sum(summed.compared_count), 0) as compared_count,
        coalesce(sum(summed.differing_count), 0) as differing_count,
        sum(summed.reported_visits) as reported_visits,
        sum(summed.counted_visits) as counted_visits
    from latest as owed
    left join summed
        on
            owed.reporting_unit_id = summed.reporting_unit_id
            and owed.reporting_period_id = summed.reporting_period_id
    group by owed.reporting_unit_id, owed.row_type
    order by owed.reporting_unit_id, owed.row_type
)

select * from final
