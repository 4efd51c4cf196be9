-- Every agency that form 06 assigns to a commune has its line in the summary of the same report.
-- A line whose agency or commune is not read may be the missing one.
with listed as (
    select submission_id, min(sheet) as sheet, arg_min(agency_code__cell, row_number) as first_cell
    from helper_summary
    group by submission_id
),

assigned as (
    select distinct submission_id, agency_code, commune_code, agency_code__text, commune_code__text
    from helper_assignments
    where agency_code is not null and commune_code is not null
)

select
    assigned.submission_id,
    'helper_summary' as form,
    listed.sheet,
    listed.first_cell as cell,
    null as row_id,
    'agency_code' as column_name,
    null as value,
    concat_ws(' - ', assigned.agency_code__text, assigned.commune_code__text) as expected,
    exists (
        select 1
        from helper_summary as rows
        where rows.submission_id = assigned.submission_id
            and (rows.agency_code = assigned.agency_code or rows.agency_code is null)
            and (rows.commune_code = assigned.commune_code or rows.commune_code is null)
    ) as is_ok
from assigned
inner join listed using (submission_id)
