-- A printed total agrees with the rows it sums: all of its sheet, or those of its section. Where one of them cannot be
-- read, the sum is not known; of an "of which" the rows are not known. Differences up to 0.001 million VND are rounding.
with printed as (
    select submission_id, sheet, row_id, column_name, amount, cell, typed,
        coalesce(total_scope, 'grand') as total_scope, sums_from, sums_to
    from funding_sources_totals
    unpivot ((amount, cell, typed) for column_name in (
        (planned_vnd, planned_vnd__cell, planned_vnd__text) as 'planned_vnd',
        (assigned_vnd, assigned_vnd__cell, assigned_vnd__text) as 'assigned_vnd',
        (adjusted_vnd, adjusted_vnd__cell, adjusted_vnd__text) as 'adjusted_vnd',
        (performed_vnd, performed_vnd__cell, performed_vnd__text) as 'performed_vnd',
        (disbursed_vnd, disbursed_vnd__cell, disbursed_vnd__text) as 'disbursed_vnd',
        (returned_vnd, returned_vnd__cell, returned_vnd__text) as 'returned_vnd',
        (estimated_year_end_vnd, estimated_year_end_vnd__cell, estimated_year_end_vnd__text) as 'estimated_year_end_vnd',
        (lent_vnd, lent_vnd__cell, lent_vnd__text) as 'lent_vnd',
        (outstanding_vnd, outstanding_vnd__cell, outstanding_vnd__text) as 'outstanding_vnd'
    ))
),

entered as (
    select submission_id, sheet, row_number, column_name, amount, problem
    from funding_sources
    unpivot include nulls ((amount, problem) for column_name in (
        (planned_vnd, planned_vnd__problem) as 'planned_vnd',
        (assigned_vnd, assigned_vnd__problem) as 'assigned_vnd',
        (adjusted_vnd, adjusted_vnd__problem) as 'adjusted_vnd',
        (performed_vnd, performed_vnd__problem) as 'performed_vnd',
        (disbursed_vnd, disbursed_vnd__problem) as 'disbursed_vnd',
        (returned_vnd, returned_vnd__problem) as 'returned_vnd',
        (estimated_year_end_vnd, estimated_year_end_vnd__problem) as 'estimated_year_end_vnd',
        (lent_vnd, lent_vnd__problem) as 'lent_vnd',
        (outstanding_vnd, outstanding_vnd__problem) as 'outstanding_vnd'
    ))
),

summed as (
    select
        printed.submission_id,
        printed.row_id,
        printed.column_name,
        coalesce(sum(entered.amount), 0) as amount
    from printed
    inner join entered
        on printed.submission_id = entered.submission_id
        and printed.sheet = entered.sheet
        and printed.column_name = entered.column_name
        and (
            printed.total_scope = 'grand'
            or (printed.total_scope = 'section' and entered.row_number between printed.sums_from and printed.sums_to)
        )
    group by printed.submission_id, printed.row_id, printed.column_name
    having count(entered.problem) = 0
)

select
    printed.submission_id,
    'funding_sources' as form,
    printed.sheet,
    printed.cell,
    printed.row_id,
    printed.column_name,
    printed.typed as value,
    vi_number(in_million(summed.amount)) || ' triệu đồng' as expected,
    vi_number(in_million(summed.amount)) || ' million VND' as expected_en,
    abs(printed.amount - summed.amount) <= 1000 as is_ok
from printed
inner join summed using (submission_id, row_id, column_name)
where printed.amount is not null
