-- A title is given, renewed or withdrawn by a decision that has a number and a date.
select
    submission_id,
    'recognitions' as form,
    sheet,
    decision_no__cell as cell,
    row_id,
    'decision_no' as column_name,
    decision_no__text as value,
    'số quyết định' as expected,
    'the number of the decision' as expected_en,
    decision_no is not null as is_ok
from recognitions
where title_code is not null and decision_no__problem is null

union all by name

select
    submission_id,
    'recognitions' as form,
    sheet,
    decision_date__cell as cell,
    row_id,
    'decision_date' as column_name,
    decision_date__text as value,
    'ngày quyết định' as expected,
    'the date of the decision' as expected_en,
    decision_date is not null as is_ok
from recognitions
where title_code is not null and decision_date__problem is null
