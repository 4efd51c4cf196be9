-- An area that is not recognised yet is reviewed criterion by criterion, or nobody knows what to do first.
-- Judged only where a criteria set of the province stands on the template, and marks of any area were sent.
select
    rows.submission_id,
    'residential_areas' as form,
    rows.sheet,
    rows.area_code__cell as cell,
    rows.row_id,
    'area_code' as column_name,
    rows.area_code__text as value,
    'Biểu 11' as expected,
    'form 11' as expected_en,
    exists (
        select 1
        from area_criteria as marks
        where marks.submission_id = rows.submission_id and marks.area_code = rows.area_code
    ) as is_ok
from residential_areas as rows
where rows.status_code in ('in_progress', 'near', 'met')
    and rows.area_code is not null
    and rows.ended_on is null
    and exists (select 1 from area_criteria as any_marks where any_marks.submission_id = rows.submission_id)
