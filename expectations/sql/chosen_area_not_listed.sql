-- An area that was chosen as a typical one is an area of the list.
select
    rows.submission_id,
    'targets' as form,
    rows.sheet,
    rows.area_code__cell as cell,
    rows.row_id,
    'area_code' as column_name,
    rows.area_code__text as value,
    'Biểu 10' as expected,
    'form 10' as expected_en,
    exists (
        select 1
        from residential_areas as listed
        where listed.submission_id = rows.submission_id and listed.area_code = rows.area_code
    ) as is_ok
from targets as rows
where rows.area_code is not null
    and exists (select 1 from residential_areas as any_area where any_area.submission_id = rows.submission_id)
