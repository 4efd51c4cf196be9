-- An activity of the register has been planned for a day or was held on one.
select
    submission_id,
    'activities' as form,
    sheet,
    activity_date__cell as cell,
    row_id,
    'activity_date' as column_name,
    activity_date__text as value,
    null as expected,
    planned_on is not null or activity_date is not null as is_ok
from activities
where planned_on__problem is null and activity_date__problem is null
