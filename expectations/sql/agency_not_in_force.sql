-- An agency acts only while it exists: on the day of the activity, and on the day an assignment starts.
with entered as (
    select submission_id, 'helper_assignments' as form, sheet, row_id, agency_code, agency_code__cell,
        agency_code__text, valid_from as day
    from helper_assignments

    union all by name

    select submission_id, 'helper_activities' as form, sheet, row_id, agency_code, agency_code__cell,
        agency_code__text, activity_date as day
    from helper_activities
)

select
    entered.submission_id,
    entered.form,
    entered.sheet,
    entered.agency_code__cell as cell,
    entered.row_id,
    'agency_code' as column_name,
    entered.agency_code__text as value,
    vi_date(entered.day) || ': ' || coalesce(
        case when entered.day < agencies.valid_from then 'thành lập ' || vi_date(agencies.valid_from) end,
        'kết thúc ' || vi_date(agencies.valid_to) || coalesce(', nay là ' || successors.name_vi, ''),
        ''
    ) as expected,
    vi_date(entered.day) || ': ' || coalesce(
        case when entered.day < agencies.valid_from then 'begins on ' || vi_date(agencies.valid_from) end,
        'ended on ' || vi_date(agencies.valid_to) || coalesce(', now ' || successors.agency_code, ''),
        ''
    ) as expected_en,
    agencies.valid_from <= entered.day and (agencies.valid_to is null or entered.day < agencies.valid_to) as is_ok
from entered
inner join reference.agencies as agencies using (agency_code)
left join reference.agencies as successors on agencies.successor_code = successors.agency_code
where entered.day is not null
