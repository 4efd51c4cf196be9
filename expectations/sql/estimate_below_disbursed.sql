-- What is expected by the end of the year is no less than what is already paid.
select
    submission_id,
    'funding_sources' as form,
    sheet,
    estimated_year_end_vnd__cell as cell,
    row_id,
    'estimated_year_end_vnd' as column_name,
    estimated_year_end_vnd__text as value,
    '≥ ' || vi_number(in_million(disbursed_vnd)) || ' triệu đồng' as expected,
    '≥ ' || vi_number(in_million(disbursed_vnd)) || ' million VND' as expected_en,
    estimated_year_end_vnd >= disbursed_vnd as is_ok
from funding_sources
where estimated_year_end_vnd is not null and disbursed_vnd is not null
