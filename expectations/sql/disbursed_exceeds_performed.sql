-- Money is paid for work done; more than that is an advance, which the unit should say.
select
    submission_id,
    'funding_sources' as form,
    sheet,
    disbursed_vnd__cell as cell,
    row_id,
    'disbursed_vnd' as column_name,
    disbursed_vnd__text as value,
    '≤ ' || vi_number(in_million(performed_vnd)) || ' triệu đồng' as expected,
    '≤ ' || vi_number(in_million(performed_vnd)) || ' million VND' as expected_en,
    disbursed_vnd <= performed_vnd or explanation is not null as is_ok
from funding_sources
where disbursed_vnd is not null and performed_vnd is not null
