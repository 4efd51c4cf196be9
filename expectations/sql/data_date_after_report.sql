-- A figure cannot be of a day after the closing day.
select
    rows.submission_id,
    'unit_criteria' as form,
    rows.sheet,
    rows.data_date__cell as cell,
    rows.row_id,
    'data_date' as column_name,
    rows.data_date__text as value,
    '≤ ' || vi_date(submissions.data_to) as expected,
    rows.data_date <= submissions.data_to as is_ok
from unit_criteria as rows
inner join submissions using (submission_id)
where rows.data_date is not null
