-- Figures are of the report year or, where statistics come late, of the year before.
select
    rows.submission_id,
    'criteria_results' as form,
    rows.sheet,
    rows.data_year__cell as cell,
    null as row_id,
    'data_year' as column_name,
    rows.data_year__text as value,
    (submissions.period_year - 1) || ' - ' || submissions.period_year as expected,
    rows.data_year between submissions.period_year - 1 and submissions.period_year as is_ok
from (
    select distinct submission_id, sheet, data_year, data_year__cell, data_year__text
    from criteria_results
    where data_year is not null
) as rows
inner join submissions using (submission_id)
where submissions.period_year is not null
