-- An amount a thousand times that of the report before, or a thousandth, is a slip between đồng, million and billion.
with columns_now as (
    select submission_id, sheet, row_id, place_code, programme_code, content_code, source_code, nature_code, plan_year,
        column_name, amount, cell, typed
    from funding_sources
    unpivot ((amount, cell, typed) for column_name in (
        (planned_vnd, planned_vnd__cell, planned_vnd__text) as 'planned_vnd',
        (assigned_vnd, assigned_vnd__cell, assigned_vnd__text) as 'assigned_vnd',
        (performed_vnd, performed_vnd__cell, performed_vnd__text) as 'performed_vnd',
        (disbursed_vnd, disbursed_vnd__cell, disbursed_vnd__text) as 'disbursed_vnd',
        (estimated_year_end_vnd, estimated_year_end_vnd__cell, estimated_year_end_vnd__text) as 'estimated_year_end_vnd',
        (lent_vnd, lent_vnd__cell, lent_vnd__text) as 'lent_vnd',
        (outstanding_vnd, outstanding_vnd__cell, outstanding_vnd__text) as 'outstanding_vnd'
    ))
),

columns_before as (
    select submission_id, before_period_id, place_code, programme_code, content_code, source_code, nature_code,
        plan_year, column_name, amount
    from funding_sources_before
    unpivot (amount for column_name in (
        planned_vnd, assigned_vnd, performed_vnd, disbursed_vnd, estimated_year_end_vnd, lent_vnd, outstanding_vnd
    ))
)

select
    rows.submission_id,
    'funding_sources' as form,
    rows.sheet,
    rows.cell,
    rows.row_id,
    rows.column_name,
    rows.typed as value,
    vi_number(in_million(before.amount)) || ' triệu đồng (' || periods.label_vi || ')' as expected,
    vi_number(in_million(before.amount)) || ' million VND (' || periods.label_en || ')' as expected_en,
    not (
        rows.amount / before.amount between 500 and 2000
        or before.amount / rows.amount between 500 and 2000
        or rows.amount / before.amount between 500000 and 2000000
        or before.amount / rows.amount between 500000 and 2000000
    ) as is_ok
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
inner join reference.reporting_periods as periods on before.before_period_id = periods.reporting_period_id
where rows.amount > 0 and before.amount > 0
