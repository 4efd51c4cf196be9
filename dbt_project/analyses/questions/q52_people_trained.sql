-- Câu hỏi 52. Tổ giúp việc đã tập huấn, đào tạo bao nhiêu người, giới thiệu việc làm cho bao nhiêu người?
-- Question 52. How many people did helpers train, and for how many did they find work?
-- Items: 5.13
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: province and reporting unit at P(D), cumulative from the start of the report year, as the unit sums it up.
-- Women and people of ethnic minorities are each a part of those trained; never add the two. class_count is what the
-- unit says, listed_class_count the trainings among the activities.
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

added as (
    select
        case grouping(summaries.reporting_unit_id) when 1 then 'province' else 'unit' end as area_level,
        summaries.reporting_unit_id,
        sum(summaries.training_count) as class_count,
        sum(counted.training_count) as listed_class_count,
        sum(summaries.trained_people_count) as trained_count,
        sum(summaries.trained_women_count) as women_count,
        sum(summaries.trained_minority_count) as minority_count,
        sum(summaries.introduced_job_count) as introduced_job_count
    from summaries
    inner join asked_period on summaries.reporting_period_id = asked_period.reporting_period_id
    left join counted
        on
            summaries.assignment_id = counted.assignment_id
            and summaries.reporting_period_id = counted.reporting_period_id
    group by grouping sets ((summaries.reporting_unit_id), ())
),

final as (
    select
        *,
        round(100.0 * women_count / nullif(trained_count, 0), 2) as women_pct,
        round(100.0 * minority_count / nullif(trained_count, 0), 2) as minority_pct
    from added
    order by area_level, reporting_unit_id
)

select * from final
