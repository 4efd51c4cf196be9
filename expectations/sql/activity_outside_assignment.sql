-- An activity belongs to an agency that was assigned to the commune on that day, by the same report's form 06.
-- Without form 06 there is nothing to compare with; an assignment whose dates cannot be read counts as open.
-- The date is shown as wrong where the agency helps the commune at another time, else the agency is.
with compared as (
    select
        rows.*,
        exists (
            select 1
            from helper_assignments as assigned
            where assigned.submission_id = rows.submission_id
                and assigned.agency_code = rows.agency_code
                and assigned.commune_code = rows.commune_code
        ) as is_helping,
        exists (
            select 1
            from helper_assignments as assigned
            where assigned.submission_id = rows.submission_id
                and assigned.agency_code = rows.agency_code
                and assigned.commune_code = rows.commune_code
                and (assigned.valid_from is null or assigned.valid_from <= rows.activity_date)
                and (assigned.valid_to is null or rows.activity_date < assigned.valid_to)
        ) as is_assigned
    from helper_activities as rows
    inner join parts
        on rows.submission_id = parts.submission_id and parts.form = 'helper_assignments' and parts.state = 'present'
    where rows.agency_code is not null and rows.commune_code is not null and rows.activity_date is not null
)

select
    submission_id,
    'helper_activities' as form,
    sheet,
    case when is_helping then activity_date__cell else agency_code__cell end as cell,
    row_id,
    case when is_helping then 'activity_date' else 'agency_code' end as column_name,
    case when is_helping then activity_date__text else agency_code__text end as value,
    agency_code__text || ' - ' || commune_code__text || ', ' || vi_date(activity_date) as expected,
    is_assigned as is_ok
from compared
