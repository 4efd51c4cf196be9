-- The year in which the standard was reached is not after the year of the decision that says so.
select
    submission_id,
    'recognitions' as form,
    sheet,
    year_recognised__cell as cell,
    row_id,
    'year_recognised' as column_name,
    year_recognised__text as value,
    '≤ ' || year(decision_date) as expected,
    year_recognised <= year(decision_date) as is_ok
from recognitions
where year_recognised is not null and decision_date is not null
