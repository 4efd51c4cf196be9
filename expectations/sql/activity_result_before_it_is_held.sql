-- What has not been held yet has no participants, findings or money recovered.
with counted as (
    select submission_id, sheet, row_id, activity_date, activity_date__problem, column_name, amount, cell, typed
    from activities
    unpivot ((amount, cell, typed) for column_name in (
        (participant_count, participant_count__cell, participant_count__text) as 'participant_count',
        (household_count, household_count__cell, household_count__text) as 'household_count',
        (finding_count, finding_count__cell, finding_count__text) as 'finding_count'
    ))
)

select
    submission_id,
    'activities' as form,
    sheet,
    cell,
    row_id,
    column_name,
    typed as value,
    null as expected,
    activity_date is not null as is_ok
from counted
where amount is not null and amount > 0 and activity_date__problem is null
