-- Notice is given before the activity or on its day.
select
    submission_id,
    'helper_activities' as form,
    sheet,
    notified_on__cell as cell,
    row_id,
    'notified_on' as column_name,
    notified_on__text as value,
    '≤ ' || vi_date(activity_date) as expected,
    notified_on <= activity_date as is_ok
from helper_activities
where notified_on is not null and activity_date is not null
