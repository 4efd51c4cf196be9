-- The part that is counted is never larger than the whole, in rates that are shares.
select
    rows.submission_id,
    'criteria_results' as form,
    rows.sheet,
    rows.numerator__cell as cell,
    rows.row_id,
    'numerator' as column_name,
    rows.numerator__text as value,
    '≤ ' || rows.denominator__text as expected,
    rows.numerator <= rows.denominator as is_ok
from criteria_results as rows
inner join reference.indicator_parts as part
    on rows.criteria_set_code = part.set_code
    and rows.indicator_no = part.indicator_no
    and rows.part_code = part.part_code
where part.value_kind = 'rate_pct' and rows.numerator is not null and rows.denominator is not null
