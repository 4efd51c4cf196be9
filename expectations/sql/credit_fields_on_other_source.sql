-- Lent, outstanding and borrowers belong to sources of credit only; a typed zero says nothing.
with entered as (
    select submission_id, sheet, row_id, source_code, column_name, amount, cell, typed
    from (
        select * replace (cast(borrower_count as decimal(20, 0)) as borrower_count)
        from funding_sources
    )
    unpivot ((amount, cell, typed) for column_name in (
        (lent_vnd, lent_vnd__cell, lent_vnd__text) as 'lent_vnd',
        (outstanding_vnd, outstanding_vnd__cell, outstanding_vnd__text) as 'outstanding_vnd',
        (borrower_count, borrower_count__cell, borrower_count__text) as 'borrower_count'
    ))
)

select
    entered.submission_id,
    'funding_sources' as form,
    entered.sheet,
    entered.cell,
    entered.row_id,
    entered.column_name,
    entered.typed as value,
    sources.name_vi as expected,
    sources.name_en as expected_en,
    sources.is_credit as is_ok
from entered
inner join reference.funding_sources as sources using (source_code)
where entered.amount is not null and entered.amount <> 0
