-- What is not resolved by its due date says why. A due date that the report does not give is not judged.
select
    rows.submission_id,
    'obstacles' as form,
    rows.sheet,
    rows.explanation__cell as cell,
    rows.row_id,
    'explanation' as column_name,
    null as value,
    rows.obstacle_no__text || ', ' || vi_date(rows.due_on) as expected,
    rows.explanation__text is not null as is_ok
from obstacles as rows
inner join submissions using (submission_id)
where rows.due_on < submissions.data_to and rows.resolved_on is null and rows.resolved_on__problem is null
