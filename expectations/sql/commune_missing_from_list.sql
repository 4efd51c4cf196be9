-- Every rural commune (xã) of the unit on the data closing day stands on the sheet of the base set.
with base_sets as (
    select title_sets.set_code
    from reference.title_sets as title_sets
    where title_sets.title_code = 'NTM'
),

sheets as (
    select
        submission_id,
        sheet,
        arg_min(commune_code__cell, row_number) as first_cell
    from criteria_summary
    where criteria_set_code in (select set_code from base_sets)
    group by submission_id, sheet
),

owed as (
    select
        submissions.submission_id,
        communes.unit_code,
        communes.name_vi
    from submissions
    inner join reference.administrative_units as communes
        on submissions.unit_id in (communes.parent_unit_id, communes.unit_id)
    where communes.level = 'commune'
        and communes.unit_type = 'xa'
        and communes.valid_from <= submissions.data_to
        and (communes.valid_to is null or submissions.data_to < communes.valid_to)
)

select
    sheets.submission_id,
    'criteria_summary' as form,
    sheets.sheet,
    sheets.first_cell as cell,
    null as row_id,
    'commune_code' as column_name,
    null as value,
    owed.name_vi || ' (' || owed.unit_code || ')' as expected,
    exists (
        select 1
        from criteria_summary as listed
        where listed.submission_id = sheets.submission_id
            and listed.sheet = sheets.sheet
            and listed.commune_code = owed.unit_code
    ) as is_ok
from sheets
inner join owed using (submission_id)
