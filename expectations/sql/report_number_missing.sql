-- A report has a number, by which letters refer to it.
select
    submission_id,
    'cover' as form,
    sheet,
    report_number__cell as cell,
    row_id,
    'report_number' as column_name,
    report_number__text as value,
    null as expected,
    report_number is not null as is_ok
from cover
where report_number__cell is not null
