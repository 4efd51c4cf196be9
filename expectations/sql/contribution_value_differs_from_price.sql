-- A value is its quantity at its price; what rounding to a hundred thousand đồng takes away is not asked about.
select
    submission_id,
    'contributions' as form,
    sheet,
    value_vnd__cell as cell,
    row_id,
    'value_vnd' as column_name,
    value_vnd__text as value,
    vi_number(in_million(round(quantity * unit_price_vnd))) || ' triệu đồng' as expected,
    vi_number(in_million(round(quantity * unit_price_vnd))) || ' million VND' as expected_en,
    abs(value_vnd - quantity * unit_price_vnd) <= 100000 as is_ok
from contributions
where value_vnd is not null and quantity is not null and unit_price_vnd is not null
