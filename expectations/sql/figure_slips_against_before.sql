-- A figure a thousand times that of the report before, or a thousandth, is a slip of the unit of measure; so is a rate
-- typed as a share (0,92 for 92%).
with entered as (
    select rows.submission_id, 'criteria_results' as form, rows.sheet, rows.row_id, rows.criteria_set_code,
        rows.indicator_no, rows.part_code, rows.value, rows.value__cell, rows.value__text,
        before.value as value_before
    from criteria_results as rows
    inner join criteria_results_before as before
        using (submission_id, criteria_set_code, indicator_no, part_code, commune_code)

    union all by name

    select rows.submission_id, 'unit_criteria' as form, rows.sheet, rows.row_id, rows.criteria_set_code,
        rows.indicator_no, rows.part_code, rows.value, rows.value__cell, rows.value__text,
        before.value as value_before
    from unit_criteria as rows
    inner join unit_criteria_before as before using (submission_id, criteria_set_code, indicator_no, part_code)
)

select
    entered.submission_id,
    entered.form,
    entered.sheet,
    entered.value__cell as cell,
    entered.row_id,
    'value' as column_name,
    entered.value__text as value,
    vi_number(entered.value_before) as expected,
    case
        when part.value_kind = 'rate_pct'
            then not (entered.value <= 1 and entered.value_before between 80 * entered.value and 125 * entered.value)
        else not (
            entered.value between 800 * entered.value_before and 1250 * entered.value_before
            or entered.value_before between 800 * entered.value and 1250 * entered.value
        )
    end as is_ok
from entered
inner join reference.indicator_parts as part
    on entered.criteria_set_code = part.set_code
    and entered.indicator_no = part.indicator_no
    and entered.part_code = part.part_code
where entered.value > 0 and entered.value_before > 0
