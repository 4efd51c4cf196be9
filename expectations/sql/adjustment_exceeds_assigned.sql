-- No more can be taken back than was assigned.
select
    submission_id,
    'funding_sources' as form,
    sheet,
    adjusted_vnd__cell as cell,
    row_id,
    'adjusted_vnd' as column_name,
    adjusted_vnd__text as value,
    '≥ -' || vi_number(in_million(assigned_vnd)) || ' triệu đồng' as expected,
    '≥ -' || vi_number(in_million(assigned_vnd)) || ' million VND' as expected_en,
    adjusted_vnd + assigned_vnd >= 0 as is_ok
from funding_sources
where adjusted_vnd is not null and assigned_vnd >= 0
