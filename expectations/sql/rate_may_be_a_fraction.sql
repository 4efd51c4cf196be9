-- A rate of at most 1, typed without a sign of per cent, may be a share of one: 0,885 for 88,5%. Where numerator and
-- denominator are given they decide; else a threshold from 10% upwards makes it worth asking.
with entered as (
    select submission_id, 'criteria_results' as form, sheet, row_id, criteria_set_code as set_code, indicator_no,
        part_code, commune_code, value, value__cell, value__text,
        100 * cast(numerator as double) / nullif(cast(denominator as double), 0) as rate
    from criteria_results

    union all by name

    select submission_id, 'unit_criteria' as form, sheet, row_id, criteria_set_code as set_code, indicator_no,
        part_code, value, value__cell, value__text, cast(null as double) as rate
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
    vi_number(100 * entered.value) || '%' as expected,
    case
        when entered.rate is null then coalesce(thresholds.threshold_value < 10, true)
        else abs(entered.value - entered.rate) <= 0.05 or entered.rate not between 90 * entered.value and 110 * entered.value
    end as is_ok
from entered
inner join submissions using (submission_id)
inner join reference.indicator_parts as part using (set_code, indicator_no, part_code)
left join judging_scopes using (set_code, commune_code)
left join thresholds_in_force as thresholds
    on submissions.province_code = thresholds.province_code
    and judging_scopes.judging_code is not distinct from thresholds.judging_code
    and entered.set_code = thresholds.set_code
    and entered.indicator_no = thresholds.indicator_no
    and entered.part_code = thresholds.part_code
    and thresholds.direction = '>='
where part.value_kind = 'rate_pct'
    and entered.value > 0 and entered.value <= 1
    and entered.value__text not like '%\%%' escape '\'
