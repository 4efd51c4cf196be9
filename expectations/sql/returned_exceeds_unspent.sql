-- Only money that was not spent can be cancelled or returned.
select
    submission_id,
    'funding_sources' as form,
    sheet,
    returned_vnd__cell as cell,
    row_id,
    'returned_vnd' as column_name,
    returned_vnd__text as value,
    '≤ ' || vi_number(in_million(greatest(assigned_vnd + coalesce(adjusted_vnd, 0) - disbursed_vnd, 0)))
    || ' triệu đồng' as expected,
    '≤ ' || vi_number(in_million(greatest(assigned_vnd + coalesce(adjusted_vnd, 0) - disbursed_vnd, 0)))
    || ' million VND' as expected_en,
    returned_vnd <= greatest(assigned_vnd + coalesce(adjusted_vnd, 0) - disbursed_vnd, 0) as is_ok
from funding_sources
where returned_vnd is not null
    and disbursed_vnd is not null
    and assigned_vnd is not null
    and adjusted_vnd__problem is null
