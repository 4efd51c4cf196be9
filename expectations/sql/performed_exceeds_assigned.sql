-- Work done beyond the money assigned to it is a debt in the making.
select
    rows.submission_id,
    'funding_sources' as form,
    rows.sheet,
    rows.performed_vnd__cell as cell,
    rows.row_id,
    'performed_vnd' as column_name,
    rows.performed_vnd__text as value,
    '≤ ' || vi_number(in_million(rows.assigned_vnd + coalesce(rows.adjusted_vnd, 0))) || ' triệu đồng' as expected,
    '≤ ' || vi_number(in_million(rows.assigned_vnd + coalesce(rows.adjusted_vnd, 0))) || ' million VND' as expected_en,
    rows.performed_vnd <= rows.assigned_vnd + coalesce(rows.adjusted_vnd, 0) as is_ok
from funding_sources as rows
inner join reference.funding_sources as sources using (source_code)
where sources.is_state_budget
    and rows.nature_code = 'DTPT'
    and rows.performed_vnd is not null
    and rows.assigned_vnd is not null
    and rows.adjusted_vnd__problem is null
