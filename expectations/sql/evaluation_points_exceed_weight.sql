-- Points of a part are no more than the scale of the year gives it; a part without a weight has none.
-- The scale is not an official one: its confidence goes with the finding.
with entered as (
    select submission_id, sheet, row_id, subject_code, column_name, points, cell, typed
    from evaluations
    unpivot ((points, cell, typed) for column_name in (
        (visit_points, visit_points__cell, visit_points__text) as 'visit_points',
        (obstacle_points, obstacle_points__cell, obstacle_points__text) as 'obstacle_points',
        (criteria_points, criteria_points__cell, criteria_points__text) as 'criteria_points',
        (support_points, support_points__cell, support_points__text) as 'support_points',
        (report_points, report_points__cell, report_points__text) as 'report_points'
    ))
),

named as (
    select
        entered.*,
        submissions.period_year,
        case entered.subject_code when 'unit_head' then 'unit_head' else 'helper' end as subject_kind,
        case entered.column_name
            when 'visit_points' then 'visits'
            when 'obstacle_points' then 'obstacles'
            when 'criteria_points' then 'criteria'
            when 'support_points' then 'support'
            when 'report_points' then 'reports'
        end as part_code
    from entered
    inner join submissions using (submission_id)
    where entered.subject_code is not null and entered.points is not null
),

scales as (
    select distinct subject_kind, version_code, assessment_year_from, assessment_year_to, confidence
    from reference.evaluation_weights
)

select
    named.submission_id,
    'evaluations' as form,
    named.sheet,
    named.cell,
    named.row_id,
    named.column_name,
    named.typed as value,
    '≤ ' || vi_number(coalesce(weights.weight_points, 0)) as expected,
    scales.confidence as threshold_confidence,
    named.points <= coalesce(weights.weight_points, 0) as is_ok
from named
inner join scales
    on named.subject_kind = scales.subject_kind
    and named.period_year between scales.assessment_year_from and coalesce(scales.assessment_year_to, 9999)
left join reference.evaluation_weights as weights
    on scales.version_code = weights.version_code
    and scales.subject_kind = weights.subject_kind
    and named.part_code = weights.part_code
