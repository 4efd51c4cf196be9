-- What is counted from the start of the year never falls below the report before of the same year.
with columns_now as (
    select submission_id, sheet, row_id, place_code, programme_code, content_code, source_code, nature_code, plan_year,
        column_name, amount, cell, typed
    from funding_sources
    unpivot ((amount, cell, typed) for column_name in (
        (performed_vnd, performed_vnd__cell, performed_vnd__text) as 'performed_vnd',
        (disbursed_vnd, disbursed_vnd__cell, disbursed_vnd__text) as 'disbursed_vnd',
        (returned_vnd, returned_vnd__cell, returned_vnd__text) as 'returned_vnd',
        (lent_vnd, lent_vnd__cell, lent_vnd__text) as 'lent_vnd'
    ))
),

columns_before as (
    select submission_id, before_period_id, place_code, programme_code, content_code, source_code, nature_code,
        plan_year, column_name, amount
    from funding_sources_before
    unpivot (amount for column_name in (performed_vnd, disbursed_vnd, returned_vnd, lent_vnd))
)

select
    rows.submission_id,
    'funding_sources' as form,
    rows.sheet,
    rows.cell,
    rows.row_id,
    rows.column_name,
    rows.typed as value,
    '≥ ' || vi_number(in_million(before.amount)) || ' triệu đồng (' || periods.label_vi || ')' as expected,
    '≥ ' || vi_number(in_million(before.amount)) || ' million VND (' || periods.label_en || ')' as expected_en,
    rows.amount >= before.amount as is_ok
from columns_now as rows
inner join columns_before as before
    on rows.submission_id = before.submission_id
    and rows.column_name = before.column_name
    and rows.place_code = before.place_code
    and rows.programme_code = before.programme_code
    and rows.content_code = before.content_code
    and rows.source_code = before.source_code
    and rows.nature_code is not distinct from before.nature_code
    and rows.plan_year = before.plan_year
inner join submissions on rows.submission_id = submissions.submission_id
inner join reference.reporting_periods as periods on before.before_period_id = periods.reporting_period_id
where rows.amount is not null and periods.year = submissions.period_year
