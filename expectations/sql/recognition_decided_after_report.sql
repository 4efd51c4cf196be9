-- A report cannot know a decision taken after its data closing day.
select
    rows.submission_id,
    'recognitions' as form,
    rows.sheet,
    rows.decision_date__cell as cell,
    rows.row_id,
    'decision_date' as column_name,
    rows.decision_date__text as value,
    '≤ ' || vi_date(submissions.data_to) as expected,
    rows.decision_date <= submissions.data_to as is_ok
from recognitions as rows
inner join submissions using (submission_id)
where rows.decision_date is not null
