-- What a summary sums up is an assignment that the same report's form 06 names. Without form 06 there is nothing to
-- compare with; an assignment with an unread part may be the one.
select
    rows.submission_id,
    'helper_summary' as form,
    rows.sheet,
    rows.agency_code__cell as cell,
    rows.row_id,
    'agency_code' as column_name,
    rows.agency_code__text as value,
    concat_ws(' - ', rows.agency_code__text, rows.commune_code__text) || ', ' || vi_date(rows.valid_from) as expected,
    exists (
        select 1
        from helper_assignments as assigned
        where assigned.submission_id = rows.submission_id
            and (assigned.agency_code = rows.agency_code or assigned.agency_code is null)
            and (assigned.commune_code = rows.commune_code or assigned.commune_code is null)
            and (assigned.role_code = rows.role_code or assigned.role_code is null)
            and (assigned.valid_from = rows.valid_from or assigned.valid_from is null)
    ) as is_ok
from helper_summary as rows
inner join parts
    on rows.submission_id = parts.submission_id and parts.form = 'helper_assignments' and parts.state = 'present'
where rows.agency_code is not null
    and rows.commune_code is not null
    and rows.role_code is not null
    and rows.valid_from is not null
