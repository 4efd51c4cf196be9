-- Money carried over was planned and assigned in its own year: nothing can be planned anew under a plan year that is past.
select
    rows.submission_id,
    'funding_sources' as form,
    rows.sheet,
    rows.planned_vnd__cell as cell,
    rows.row_id,
    'planned_vnd' as column_name,
    rows.planned_vnd__text as value,
    '≤ ' || vi_number(in_million(coalesce(rows.assigned_vnd, 0))) || ' triệu đồng' as expected,
    '≤ ' || vi_number(in_million(coalesce(rows.assigned_vnd, 0))) || ' million VND' as expected_en,
    rows.planned_vnd <= coalesce(rows.assigned_vnd, 0) as is_ok
from funding_sources as rows
inner join submissions using (submission_id)
where rows.planned_vnd is not null and rows.assigned_vnd__problem is null and rows.plan_year < submissions.period_year
