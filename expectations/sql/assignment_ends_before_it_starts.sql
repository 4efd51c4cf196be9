-- An assignment cannot end before it starts.
select
    submission_id,
    'helper_assignments' as form,
    sheet,
    valid_to__cell as cell,
    row_id,
    'valid_to' as column_name,
    valid_to__text as value,
    '≥ ' || vi_date(valid_from) as expected,
    valid_to >= valid_from as is_ok
from helper_assignments
where valid_from is not null and valid_to is not null
