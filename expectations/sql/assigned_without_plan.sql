-- Money of this year's plan is not assigned where the plan says zero.
select
    rows.submission_id,
    'funding_sources' as form,
    rows.sheet,
    rows.planned_vnd__cell as cell,
    rows.row_id,
    'planned_vnd' as column_name,
    rows.planned_vnd__text as value,
    vi_number(in_million(rows.assigned_vnd)) || ' triệu đồng' as expected,
    vi_number(in_million(rows.assigned_vnd)) || ' million VND' as expected_en,
    rows.planned_vnd > 0 as is_ok
from funding_sources as rows
inner join submissions using (submission_id)
where rows.planned_vnd >= 0 and rows.assigned_vnd > 0 and rows.plan_year = submissions.period_year
