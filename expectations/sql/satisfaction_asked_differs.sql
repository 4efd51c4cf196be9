-- One survey asks the same households about every content: what differs from the overall result is another survey.
select
    rows.submission_id,
    'satisfaction' as form,
    rows.sheet,
    rows.asked_count__cell as cell,
    rows.row_id,
    'asked_count' as column_name,
    rows.asked_count__text as value,
    overall.asked_count__text as expected,
    rows.asked_count = overall.asked_count as is_ok
from satisfaction as rows
inner join satisfaction as overall using (submission_id, subject_code, title_code, surveyed_on)
where rows.content_code <> 'overall' and overall.content_code = 'overall'
    and rows.asked_count is not null and overall.asked_count is not null
