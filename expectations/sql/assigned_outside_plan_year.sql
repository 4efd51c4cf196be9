-- Money of a plan year is assigned from 20 November of the year before (when budgets are handed down) to the end of the
-- year, and a report knows of it only up to its closing day.
with expected as (
    select
        rows.*,
        make_date(rows.plan_year - 1, 11, 20) as first_day,
        least(make_date(rows.plan_year, 12, 31), submissions.data_to) as last_day
    from funding_sources as rows
    inner join submissions using (submission_id)
    where rows.assigned_on is not null and rows.plan_year between 1990 and submissions.period_year
)

select
    submission_id,
    'funding_sources' as form,
    sheet,
    assigned_on__cell as cell,
    row_id,
    'assigned_on' as column_name,
    assigned_on__text as value,
    vi_date(first_day) || ' - ' || vi_date(last_day) as expected,
    assigned_on between first_day and last_day as is_ok
from expected
