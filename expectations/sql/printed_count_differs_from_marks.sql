-- The printed number of communes that meet a criterion is the count of marks Đ and KAD above it: what does not apply is met.
with counted as (
    select
        submission_id,
        sheet,
        criterion_no,
        count(*) filter (where mark in ('D', 'KAD')) as met
    from criteria_summary
    where criterion_no is not null
    group by submission_id, sheet, criterion_no
    having count(mark__problem) = 0
)

select
    printed.submission_id,
    'criteria_summary' as form,
    printed.sheet,
    printed.mark__cell as cell,
    printed.row_id,
    'mark' as column_name,
    printed.mark__text as value,
    cast(counted.met as varchar) as expected,
    try_cast(printed.mark__text as integer) = counted.met as is_ok
from criteria_summary_totals as printed
inner join counted using (submission_id, sheet, criterion_no)
where try_cast(printed.mark__text as integer) is not null
