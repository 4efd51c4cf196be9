-- The registers hold what happened from the start of the report year to the data closing day, both included.
-- That a day of the form activities is after the closing day is told by the constraint of its column.
with activities_of_year as (
    select
        submission_id, 'helper_activities' as form, sheet, activity_date__cell as cell, row_id,
        activity_date__text as typed, activity_date, true as has_end
    from helper_activities

    union all

    select
        submission_id, 'activities' as form, sheet, activity_date__cell as cell, row_id,
        activity_date__text as typed, activity_date, false as has_end
    from activities
)

select
    rows.submission_id,
    rows.form,
    rows.sheet,
    rows.cell,
    rows.row_id,
    'activity_date' as column_name,
    rows.typed as value,
    vi_date(submissions.data_from) || ' - ' || vi_date(submissions.data_to) as expected,
    rows.activity_date >= submissions.data_from
    and (rows.activity_date <= submissions.data_to or not rows.has_end) as is_ok
from activities_of_year as rows
inner join submissions using (submission_id)
where rows.activity_date is not null
