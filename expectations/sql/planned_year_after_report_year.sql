-- Money of a plan year that has not come cannot be reported; carried-over money has an earlier one.
select
    rows.submission_id,
    'funding_sources' as form,
    rows.sheet,
    rows.plan_year__cell as cell,
    rows.row_id,
    'plan_year' as column_name,
    rows.plan_year__text as value,
    '≤ ' || submissions.period_year as expected,
    rows.plan_year <= submissions.period_year as is_ok
from funding_sources as rows
inner join submissions using (submission_id)
where rows.plan_year is not null and submissions.period_year is not null
