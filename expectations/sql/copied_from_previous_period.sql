-- Figures that move from period to period are not all equal to those of the report before: such a sheet was sent again.
-- Money that is spent in full has stopped moving and proves nothing.
with money as (
    select
        rows.submission_id,
        'funding_sources' as form,
        min(rows.sheet) as sheet,
        coalesce(
            arg_min(rows.disbursed_vnd__cell, rows.row_number) filter (where rows.disbursed_vnd is not null),
            arg_min(rows.performed_vnd__cell, rows.row_number)
        ) as cell,
        case when count(rows.disbursed_vnd) > 0 then 'disbursed_vnd' else 'performed_vnd' end as column_name,
        any_value(before.before_period_id) as before_period_id,
        count(*) filter (
            where before.submission_id is not null
                and coalesce(rows.disbursed_vnd, rows.performed_vnd, rows.lent_vnd) > 0
                and coalesce(rows.disbursed_vnd, rows.performed_vnd, rows.lent_vnd)
                < coalesce(rows.assigned_vnd + coalesce(rows.adjusted_vnd, 0), rows.planned_vnd, 999999999999999)
        ) as could_move,
        count(*) filter (
            where before.submission_id is null
                or rows.performed_vnd is distinct from before.performed_vnd
                or rows.disbursed_vnd is distinct from before.disbursed_vnd
                or rows.lent_vnd is distinct from before.lent_vnd
                or rows.outstanding_vnd is distinct from before.outstanding_vnd
        ) as moved
    from funding_sources as rows
    left join funding_sources_before as before
        on rows.submission_id = before.submission_id
        and rows.place_code = before.place_code
        and rows.programme_code = before.programme_code
        and rows.content_code = before.content_code
        and rows.source_code = before.source_code
        and rows.nature_code is not distinct from before.nature_code
        and rows.plan_year = before.plan_year
    group by rows.submission_id
),

results as (
    select
        rows.submission_id,
        'criteria_results' as form,
        min(rows.sheet) as sheet,
        arg_min(rows.value__cell, (rows.sheet, rows.row_number)) filter (where rows.value is not null) as cell,
        'value' as column_name,
        any_value(before.before_period_id) as before_period_id,
        count(*) filter (where before.value is not null) as could_move,
        count(*) filter (
            where rows.value is distinct from before.value
                or rows.numerator is distinct from before.numerator
                or rows.denominator is distinct from before.denominator
        ) as moved
    from criteria_results as rows
    left join criteria_results_before as before
        using (submission_id, criteria_set_code, indicator_no, part_code, commune_code)
    group by rows.submission_id
),

judged as (
    select money.*
    from money
    inner join submissions using (submission_id)
    inner join reference.reporting_periods as before on money.before_period_id = before.reporting_period_id
    where before.year = submissions.period_year

    union all by name

    select * from results
)

select
    judged.submission_id,
    judged.form,
    judged.sheet,
    judged.cell,
    null as row_id,
    judged.column_name,
    judged.could_move || ' số liệu' as value,
    periods.label_vi as expected,
    periods.label_en as expected_en,
    judged.moved > 0 as is_ok
from judged
inner join reference.reporting_periods as periods on judged.before_period_id = periods.reporting_period_id
where judged.could_move >= 3
