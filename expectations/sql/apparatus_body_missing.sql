-- A unit that lists its bodies lists its own steering committee and, as a district, its office.
-- A row whose body or place is not read may be the missing one.
with listed as (
    select submission_id, min(sheet) as sheet, arg_min(body_code__cell, row_number) as first_cell
    from apparatus
    group by submission_id
),

owed as (
    select submissions.submission_id, split_part(submissions.unit_id, '.', 1) as place_code, bodies.code, bodies.label_vi,
        bodies.label_en
    from submissions
    inner join reference.code_lists as bodies
        on bodies.list_code = 'apparatus_body'
        and (
            bodies.code = 'steering_committee'
            or (bodies.code = 'coordination_office' and submissions.unit_kind = 'district')
        )
)

select
    owed.submission_id,
    'apparatus' as form,
    listed.sheet,
    listed.first_cell as cell,
    null as row_id,
    'body_code' as column_name,
    null as value,
    owed.label_vi as expected,
    owed.label_en as expected_en,
    exists (
        select 1
        from apparatus as rows
        where rows.submission_id = owed.submission_id
            and (rows.body_code = owed.code or rows.body_code is null)
            and (rows.place_code = owed.place_code or rows.place_code is null)
    ) as is_ok
from owed
inner join listed using (submission_id)
