-- An indicator that is judged by a number in force cannot be called met without its figure.
with entered as (
    select submission_id, 'criteria_results' as form, sheet, row_id, criteria_set_code as set_code, indicator_no,
        part_code, commune_code, value, value__cell, value__text, value__problem, verdict
    from criteria_results

    union all by name

    select submission_id, 'unit_criteria' as form, sheet, row_id, criteria_set_code as set_code, indicator_no,
        part_code, value, value__cell, value__text, value__problem, verdict
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
    replace(replace(limits.direction, '>=', '≥'), '<=', '≤') || ' ' || vi_number(limits.threshold_value) as expected,
    limits.threshold_confidence,
    entered.value is not null as is_ok
from entered
inner join submissions using (submission_id)
left join judging_scopes using (set_code, commune_code)
inner join thresholds_in_force as limits
    on submissions.province_code = limits.province_code
    and judging_scopes.judging_code is not distinct from limits.judging_code
    and entered.set_code = limits.set_code
    and entered.indicator_no = limits.indicator_no
    and entered.part_code = limits.part_code
where entered.verdict = 'D'
    and limits.direction in ('>=', '<=', '=')
    and entered.value__problem is null
    and entered.value__cell is not null
