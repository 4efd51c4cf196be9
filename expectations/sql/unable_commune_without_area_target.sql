-- Document 2332: each commune not able to complete in the year is to have two or three more residential areas instead.
select
    flags.submission_id,
    'targets' as form,
    flags.sheet,
    flags.measure_code__cell as cell,
    flags.row_id,
    'measure_code' as column_name,
    flags.subject_code__text as value,
    '2-3' as expected,
    exists (
        select 1
        from targets as wanted
        inner join reference.target_measures as kinds using (measure_code)
        where wanted.submission_id = flags.submission_id
            and wanted.subject_code = flags.subject_code
            and wanted.plan_year = flags.plan_year
            and kinds.measure_kind = 'areas_new'
            and wanted.target_value >= 2
    ) as is_ok
from targets as flags
inner join reference.target_measures as measures using (measure_code)
where measures.measure_kind = 'flag' and flags.subject_code is not null and flags.plan_year is not null
