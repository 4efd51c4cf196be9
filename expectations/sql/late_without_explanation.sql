-- A project that is not finished although its planned day has passed says why.
select
    rows.submission_id,
    'projects' as form,
    rows.sheet,
    rows.planned_finish__cell as cell,
    rows.row_id,
    'planned_finish' as column_name,
    rows.planned_finish__text as value,
    vi_date(submissions.data_to) as expected,
    rows.planned_finish >= submissions.data_to or rows.explanation is not null as is_ok
from projects as rows
inner join submissions using (submission_id)
where rows.planned_finish is not null and rows.actual_finish is null and rows.actual_finish__problem is null
