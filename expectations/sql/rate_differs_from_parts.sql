-- A rate follows from its numerator and denominator, within 0.05 of a percentage point.
with rates as (
    select
        rows.*,
        cast(100 * cast(rows.numerator as double) / nullif(cast(rows.denominator as double), 0) as decimal(24, 6)) as rate
    from criteria_results as rows
    inner join reference.indicator_parts as part
        on rows.criteria_set_code = part.set_code
        and rows.indicator_no = part.indicator_no
        and rows.part_code = part.part_code
    where part.value_kind = 'rate_pct'
)

select
    submission_id,
    'criteria_results' as form,
    sheet,
    value__cell as cell,
    row_id,
    'value' as column_name,
    value__text as value,
    vi_number(round(rate, 2)) || '%' as expected,
    abs(value - rate) <= 0.05 as is_ok
from rates
where value is not null and rate is not null
