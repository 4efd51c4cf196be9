-- A report is signed on or after the day its data stands for.
select
    submission_id,
    'cover' as form,
    sheet,
    signed_date__cell as cell,
    row_id,
    'signed_date' as column_name,
    signed_date__text as value,
    '≥ ' || vi_date(data_as_of) as expected,
    signed_date >= data_as_of as is_ok
from cover
where signed_date is not null and data_as_of is not null
