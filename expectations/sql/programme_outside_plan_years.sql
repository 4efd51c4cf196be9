-- A programme has money only in the plan years for which it was decided.
select
    rows.submission_id,
    'funding_sources' as form,
    rows.sheet,
    rows.programme_code__cell as cell,
    rows.row_id,
    'programme_code' as column_name,
    rows.programme_code__text as value,
    programmes.plan_year_from || ' - ' || programmes.plan_year_to as expected,
    rows.plan_year between programmes.plan_year_from and programmes.plan_year_to as is_ok
from funding_sources as rows
inner join reference.programmes as programmes using (programme_code)
where rows.plan_year is not null and programmes.plan_year_from is not null and programmes.plan_year_to is not null
