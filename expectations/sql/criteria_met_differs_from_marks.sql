-- The total of criteria met is the count of marks Đ and KAD on the row: a criterion that does not apply is met.
-- Where a mark is blank or unread, the count is not known.
select
    submission_id,
    'criteria_summary' as form,
    sheet,
    any_value(criteria_met__cell) as cell,
    null as row_id,
    'criteria_met' as column_name,
    any_value(criteria_met__text) as value,
    cast(count(*) filter (where mark in ('D', 'KAD')) as varchar) as expected,
    any_value(criteria_met) = count(*) filter (where mark in ('D', 'KAD')) as is_ok
from criteria_summary
group by submission_id, sheet, row_number
having any_value(criteria_met) is not null and count(mark) = count(*)
