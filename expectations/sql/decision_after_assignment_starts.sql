-- An agency helps from the decision on, not before it.
select
    submission_id,
    'helper_assignments' as form,
    sheet,
    decision_date__cell as cell,
    row_id,
    'decision_date' as column_name,
    decision_date__text as value,
    '≤ ' || vi_date(valid_from) as expected,
    decision_date <= valid_from as is_ok
from helper_assignments
where decision_date is not null and valid_from is not null
