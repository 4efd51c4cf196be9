-- A budget level that has been abolished gives no money in report years that begin after its end.
select
    rows.submission_id,
    'funding_sources' as form,
    rows.sheet,
    rows.source_code__cell as cell,
    rows.row_id,
    'source_code' as column_name,
    rows.source_code__text as value,
    '< ' || vi_date(sources.valid_to) as expected,
    sources.valid_to is null or sources.valid_to > submissions.data_from as is_ok
from funding_sources as rows
inner join submissions using (submission_id)
inner join reference.funding_sources as sources using (source_code)
where rows.plan_year = submissions.period_year
