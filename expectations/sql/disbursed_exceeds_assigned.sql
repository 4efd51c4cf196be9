-- Cumulative disbursement never exceeds what was assigned and adjusted for the same plan year.
select
    submission_id,
    'funding_sources' as form,
    sheet,
    disbursed_vnd__cell as cell,
    row_id,
    'disbursed_vnd' as column_name,
    disbursed_vnd__text as value,
    '≤ ' || vi_number(in_million(assigned_vnd + coalesce(adjusted_vnd, 0))) || ' triệu đồng' as expected,
    '≤ ' || vi_number(in_million(assigned_vnd + coalesce(adjusted_vnd, 0))) || ' million VND' as expected_en,
    disbursed_vnd <= assigned_vnd + coalesce(adjusted_vnd, 0) as is_ok
from funding_sources
where disbursed_vnd is not null and assigned_vnd is not null and adjusted_vnd__problem is null
