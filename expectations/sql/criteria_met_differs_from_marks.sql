-- The total of criteria met is the count of marks Đ and KAD on the row: a criterion that does not apply is met.
-- Where a mark is blank or unread, the count is not known.
with marked as (
    select submission_id, 'criteria_summary' as form, sheet, row_number, mark, criteria_met, criteria_met__cell,
        criteria_met__text
    from criteria_summary

    union all by name

    select submission_id, 'township_criteria' as form, sheet, row_number, mark, criteria_met, criteria_met__cell,
        criteria_met__text
    from township_criteria
)

select
    submission_id,
    form,
    sheet,
    any_value(criteria_met__cell) as cell,
    null as row_id,
    'criteria_met' as column_name,
    any_value(criteria_met__text) as value,
    cast(count(*) filter (where mark in ('D', 'KAD')) as varchar) as expected,
    any_value(criteria_met) = count(*) filter (where mark in ('D', 'KAD')) as is_ok
from marked
group by submission_id, form, sheet, row_number
having any_value(criteria_met) is not null and count(mark) = count(*)
