-- "Tiêu chí đạt đến đâu, hồ sơ hoàn thiện đến đó": a dossier complete while the same report says that its criterion is
-- not met. An indicator that is not met leaves the criterion of a district unmet.
with marks as (
    select submission_id, criteria_set_code as set_code, commune_code as subject_code,
        try_cast(criterion_no as integer) as criterion_no, mark = 'CD' as is_unmet
    from criteria_summary
    where mark is not null

    union all

    select submission_id, criteria_set_code, commune_code, try_cast(criterion_no as integer), mark = 'CD'
    from township_criteria
    where mark is not null

    union all

    select rows.submission_id, rows.criteria_set_code, split_part(submissions.unit_id, '.', 1), indicators.criterion_no,
        bool_or(rows.verdict = 'CD')
    from unit_criteria as rows
    inner join submissions using (submission_id)
    inner join reference.indicators as indicators
        on rows.criteria_set_code = indicators.set_code and rows.indicator_no = indicators.indicator_no
    where rows.verdict is not null
    group by all
)

select
    dossiers.submission_id,
    'dossiers' as form,
    dossiers.sheet,
    dossiers.status_code__cell as cell,
    dossiers.row_id,
    'status_code' as column_name,
    dossiers.status_code__text as value,
    cast(dossiers.criterion_no as varchar) as expected,
    not marks.is_unmet as is_ok
from dossiers
inner join reference.title_sets as title_sets
    on dossiers.title_code = title_sets.title_code and dossiers.stage_code = title_sets.stage
inner join marks
    on dossiers.submission_id = marks.submission_id
    and title_sets.set_code = marks.set_code
    and dossiers.subject_code = marks.subject_code
    and dossiers.criterion_no = marks.criterion_no
where dossiers.status_code in ('complete', 'verified', 'confirmed', 'submitted')
