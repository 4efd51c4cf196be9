-- The register holds what happened from the start of the report year to the data closing day, both included.
select
    rows.submission_id,
    'helper_activities' as form,
    rows.sheet,
    rows.activity_date__cell as cell,
    rows.row_id,
    'activity_date' as column_name,
    rows.activity_date__text as value,
    vi_date(submissions.data_from) || ' - ' || vi_date(submissions.data_to) as expected,
    rows.activity_date between submissions.data_from and submissions.data_to as is_ok
from helper_activities as rows
inner join submissions using (submission_id)
where rows.activity_date is not null
