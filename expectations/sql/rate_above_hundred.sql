-- A share is at most 100%; that it is not negative is a range of its column.
with entered as (
    select submission_id, 'criteria_results' as form, sheet, row_id, criteria_set_code, indicator_no, part_code, value,
        value__cell, value__text
    from criteria_results

    union all by name

    select submission_id, 'unit_criteria' as form, sheet, row_id, criteria_set_code, indicator_no, part_code, value,
        value__cell, value__text
    from unit_criteria
)

select
    entered.submission_id,
    entered.form,
    entered.sheet,
    entered.value__cell as cell,
    entered.row_id,
    'value' as column_name,
    entered.value__text as value,
    '≤ 100' as expected,
    entered.value <= 100 as is_ok
from entered
inner join reference.indicator_parts as part
    on entered.criteria_set_code = part.set_code
    and entered.indicator_no = part.indicator_no
    and entered.part_code = part.part_code
where part.value_kind = 'rate_pct' and entered.value is not null
