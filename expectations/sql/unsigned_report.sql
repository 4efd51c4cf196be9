-- The date of signature stands on the cover; a date that cannot be read is a finding of its own.
select
    submission_id,
    'cover' as form,
    sheet,
    signed_date__cell as cell,
    row_id,
    'signed_date' as column_name,
    signed_date__text as value,
    null as expected,
    signed_date is not null as is_ok
from cover
where signed_date__problem is null
