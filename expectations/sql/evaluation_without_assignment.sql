-- Who is evaluated for helping a commune is assigned to it in form 06 of the same report.
-- Without form 06 there is nothing to compare with; an assignment with an unread part may be the one.
select
    rows.submission_id,
    'evaluations' as form,
    rows.sheet,
    rows.agency_code__cell as cell,
    rows.row_id,
    'agency_code' as column_name,
    rows.agency_code__text as value,
    concat_ws(' - ', rows.agency_code__text, rows.commune_code__text) as expected,
    exists (
        select 1
        from helper_assignments as assigned
        where assigned.submission_id = rows.submission_id
            and (assigned.agency_code = rows.agency_code or assigned.agency_code is null)
            and (assigned.commune_code = rows.commune_code or assigned.commune_code is null)
    ) as is_ok
from evaluations as rows
inner join parts
    on rows.submission_id = parts.submission_id and parts.form = 'helper_assignments' and parts.state = 'present'
where rows.subject_code <> 'unit_head' and rows.agency_code is not null and rows.commune_code is not null
