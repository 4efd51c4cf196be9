-- Titles of communes go to communes (xã), of districts to districts, of civilised towns to wards and townships: in the
-- register, and where a title is aimed at or asked for.
with named as (
    select submission_id, 'recognitions' as form, sheet, row_id, subject_code, subject_code__text, title_code,
        title_code__cell, title_code__text
    from recognitions

    union all by name

    select submission_id, 'satisfaction' as form, sheet, row_id, subject_code, subject_code__text, title_code,
        title_code__cell, title_code__text
    from satisfaction

    union all by name

    select submission_id, 'dossiers' as form, sheet, row_id, subject_code, subject_code__text, title_code,
        title_code__cell, title_code__text
    from dossiers

    union all by name

    select submission_id, 'roadmap' as form, sheet, row_id, subject_code, subject_code__text, title_code,
        title_code__cell, title_code__text
    from roadmap
),

entered as (
    select named.*, titles.subject_kind
    from named
    inner join reference.titles as titles using (title_code)
    where named.subject_code is not null and titles.subject_kind in ('commune', 'district', 'township_ward')
)

select
    entered.submission_id,
    entered.form,
    entered.sheet,
    entered.title_code__cell as cell,
    entered.row_id,
    'title_code' as column_name,
    entered.title_code__text as value,
    entered.subject_code__text as expected,
    exists (
        select 1
        from reference.administrative_units as units
        where units.unit_code = entered.subject_code
            and case entered.subject_kind
                when 'commune' then units.level = 'commune' and units.unit_type = 'xa'
                when 'district' then units.level = 'district'
                when 'township_ward' then units.level = 'commune' and units.unit_type <> 'xa'
            end
    ) as is_ok
from entered
