-- Câu hỏi 30. Tiêu chí nào có lộ trình mà nửa năm qua chưa được rà soát?
-- Question 30. Which criteria with a roadmap have not been reviewed in the half year?
-- Items: 2.10
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (reporting unit, province), at P(D), the latest six months or year closed by D in which roadmaps were
-- reported. Counted are criteria with a milestone not reached in that report.
-- A review counts within its half year, to the closing day. missing names unit and criterion, the longest unreviewed
-- first; a unit without an open roadmap is no row.
with

periods as (
    select distinct
        periods.reporting_period_id,
        periods.data_to
    from marts.dim_reporting_period as periods
    inner join marts.fct_roadmap_review as reviews on periods.reporting_period_id = reviews.reporting_period_id
    where periods.data_to <= $day::date
    order by periods.data_to desc
    limit 1
),

open_criteria as (
    select
        reviews.*,
        units.name_vi || ': ' || reviews.criterion_no as unit_and_criterion
    from marts.fct_roadmap_review as reviews
    inner join periods on reviews.reporting_period_id = periods.reporting_period_id
    inner join marts.dim_administrative_unit as units on reviews.unit_id = units.unit_id
    where reviews.milestone_done_count < reviews.milestone_count
),

final as (
    select
        if(grouping(reporting_unit_id) = 1, 'province', 'unit') as area_level,
        reporting_unit_id,
        any_value(reporting_period_id) as reporting_period_id,
        count(*) as open_criterion_count,
        count(*) filter (is_reviewed) as reviewed_count,
        count(*) filter (not is_reviewed) as missing_count,
        round(100.0 * reviewed_count / nullif(open_criterion_count, 0), 2) as reviewed_pct,
        string_agg(unit_and_criterion, '; ' order by reviewed_on nulls first, unit_id, criterion_no) filter (
            not is_reviewed
        ) as missing
    from open_criteria
    group by grouping sets ((reporting_unit_id), ())
    having count(*) > 0
    order by area_level, reporting_unit_id
)

select * from final
