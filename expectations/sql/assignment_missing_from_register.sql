-- An assignment of the report before stays in the register until it has ended before the report year began.
-- A row whose key is blank or unread may be the missing one.
with listed as (
    select submission_id, min(sheet) as sheet, arg_min(agency_code__cell, row_number) as first_cell
    from helper_assignments
    group by submission_id
),

owed as (
    select before.*, periods.label_vi, periods.label_en
    from helper_assignments_before as before
    inner join submissions using (submission_id)
    inner join reference.reporting_periods as periods on before.before_period_id = periods.reporting_period_id
    where before.valid_to is null or before.valid_to > submissions.data_from
)

select
    owed.submission_id,
    'helper_assignments' as form,
    listed.sheet,
    listed.first_cell as cell,
    null as row_id,
    'agency_code' as column_name,
    null as value,
    owed.agency_code__text || ' - ' || owed.commune_code__text || ', ' || vi_date(owed.valid_from) || ' ('
    || owed.label_vi || ')' as expected,
    owed.agency_code__text || ' - ' || owed.commune_code__text || ', ' || vi_date(owed.valid_from) || ' ('
    || owed.label_en || ')' as expected_en,
    exists (
        select 1
        from helper_assignments as rows
        where rows.submission_id = owed.submission_id
            and (rows.agency_code = owed.agency_code or rows.agency_code is null)
            and (rows.commune_code = owed.commune_code or rows.commune_code is null)
            and (rows.role_code = owed.role_code or rows.role_code is null)
            and (rows.valid_from = owed.valid_from or rows.valid_from is null)
    ) as is_ok
from owed
inner join listed using (submission_id)
where owed.agency_code is not null and owed.commune_code is not null
    and owed.role_code is not null and owed.valid_from is not null
