-- The count of criteria met on the list of areas is that of the marks Đ and KAD on the sheet of the title's set.
-- Where a mark is blank or unread, the count is not known.
with marks as (
    select
        submission_id,
        criteria_set_code,
        area_code,
        count(*) filter (where mark in ('D', 'KAD')) as met
    from area_criteria
    where area_code is not null
    group by all
    having count(mark) = count(*)
)

select
    rows.submission_id,
    'residential_areas' as form,
    rows.sheet,
    rows.criteria_met__cell as cell,
    rows.row_id,
    'criteria_met' as column_name,
    rows.criteria_met__text as value,
    cast(marks.met as varchar) as expected,
    rows.criteria_met = marks.met as is_ok
from residential_areas as rows
inner join reference.title_sets as title_sets using (title_code)
inner join marks
    on rows.submission_id = marks.submission_id
    and rows.area_code = marks.area_code
    and title_sets.set_code = marks.criteria_set_code
where rows.criteria_met is not null
