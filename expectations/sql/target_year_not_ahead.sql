-- A target is set before its year begins: what is said of a year that is over or running is no target.
select
    rows.submission_id,
    'targets' as form,
    rows.sheet,
    rows.plan_year__cell as cell,
    rows.row_id,
    'plan_year' as column_name,
    rows.plan_year__text as value,
    '≥ ' || (submissions.period_year + 1) as expected,
    rows.plan_year > submissions.period_year as is_ok
from targets as rows
inner join submissions using (submission_id)
where rows.plan_year is not null
