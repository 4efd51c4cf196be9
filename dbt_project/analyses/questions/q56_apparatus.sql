-- Câu hỏi 56. Bộ máy các cấp có bao nhiêu người, thiếu bao nhiêu, bao nhiêu chuyên trách, đã tập huấn, được phân công?
-- Question 56. How many people have the bodies of each level, how many are missing, full time, trained, assigned?
-- Items: 2.17, 2.19, 2.23, 4.8, 5.15, 5.23
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: province and reporting unit x level x kind of body, in the latest 6-month or year report closed by D. A person
-- may sit in several bodies: kinds are never added. assigned_count: people with an area or content of their own, of
-- assignable_count in the bodies that say so. changed_count is cumulative from the start of the year.
with

periods as (
    select * from marts.dim_reporting_period
),

bodies as (
    select * from marts.fct_apparatus
),

asked_period as (
    select *
    from periods
    where
        period_type in ('6_months', 'year')
        and data_to <= $day::date
    order by data_to desc
    limit 1
),

added as (
    select
        case grouping(bodies.reporting_unit_id) when 1 then 'province' else 'unit' end as area_level,
        bodies.reporting_unit_id,
        bodies.body_level,
        bodies.body_code,
        sum(bodies.body_count) as body_count,
        count(*) filter (bodies.decision_no is null) as without_decision_count,
        sum(bodies.post_count) as post_count,
        sum(bodies.filled_count) as filled_count,
        sum(bodies.full_time_count) as full_time_count,
        sum(bodies.female_count) as female_count,
        sum(bodies.trained_count) as trained_count,
        sum(bodies.assigned_count) as assigned_count,
        sum(bodies.filled_count) filter (bodies.assigned_count is not null) as assignable_count,
        sum(bodies.changed_count) as changed_count
    from bodies
    inner join asked_period on bodies.reporting_period_id = asked_period.reporting_period_id
    group by grouping sets (
        (bodies.reporting_unit_id, bodies.body_level, bodies.body_code), (bodies.body_level, bodies.body_code)
    )
),

final as (
    select
        *,
        post_count - filled_count as vacant_count,
        round(100.0 * trained_count / nullif(filled_count, 0), 2) as trained_pct,
        round(100.0 * full_time_count / nullif(filled_count, 0), 2) as full_time_pct
    from added
    order by area_level, reporting_unit_id, body_level, body_code
)

select * from final
