-- What is not met on the closing day cannot be planned for a day before it.
select
    rows.submission_id,
    'unit_criteria' as form,
    rows.sheet,
    rows.planned_date__cell as cell,
    rows.row_id,
    'planned_date' as column_name,
    rows.planned_date__text as value,
    '> ' || vi_date(submissions.data_to) as expected,
    rows.planned_date > submissions.data_to as is_ok
from unit_criteria as rows
inner join submissions using (submission_id)
where rows.verdict = 'CD' and rows.planned_date is not null
