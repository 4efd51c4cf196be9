-- The printed number of communes that meet a criterion is the count of marks Đ and KAD in the rows it sums: all of its
-- sheet, or those of its section. What does not apply is met.
with printed as (
    select
        *,
        try_cast(mark__text as integer) as printed_count
    from criteria_summary_totals
    where coalesce(total_scope, 'grand') in ('grand', 'section') and try_cast(mark__text as integer) is not null
),

counted as (
    select
        printed.submission_id,
        printed.row_id,
        count(*) filter (where rows.mark in ('D', 'KAD')) as met
    from printed
    inner join criteria_summary as rows
        on printed.submission_id = rows.submission_id
        and printed.sheet = rows.sheet
        and printed.criterion_no = rows.criterion_no
        and (
            coalesce(printed.total_scope, 'grand') = 'grand'
            or rows.row_number between printed.sums_from and printed.sums_to
        )
    group by printed.submission_id, printed.row_id
    having count(rows.mark__problem) = 0
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
    printed.printed_count = counted.met as is_ok
from printed
inner join counted using (submission_id, row_id)
