-- An area reaches the standard before or in the year of its decision, never after it.
select
    submission_id,
    'residential_areas' as form,
    sheet,
    year_recognised__cell as cell,
    row_id,
    'year_recognised' as column_name,
    year_recognised__text as value,
    '≤ ' || year(decision_date) as expected,
    year_recognised <= year(decision_date) as is_ok
from residential_areas
where year_recognised is not null and decision_date is not null
