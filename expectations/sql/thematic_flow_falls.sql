-- What is counted from the start of the year never falls below the report before of the same year.
select
    rows.submission_id,
    'thematic_programmes' as form,
    rows.sheet,
    rows.value__cell as cell,
    rows.row_id,
    'value' as column_name,
    rows.value__text as value,
    '≥ ' || vi_number(before.value) || ' (' || periods.label_vi || ')' as expected,
    '≥ ' || vi_number(before.value) || ' (' || periods.label_en || ')' as expected_en,
    rows.value >= before.value as is_ok
from thematic_programmes as rows
inner join reference.thematic_indicators as indicators on rows.indicator_code = indicators.indicator_code
inner join thematic_programmes_before as before
    on rows.submission_id = before.submission_id
    and rows.place_code = before.place_code
    and rows.indicator_code = before.indicator_code
inner join submissions on rows.submission_id = submissions.submission_id
inner join reference.reporting_periods as periods on before.before_period_id = periods.reporting_period_id
where indicators.measure_kind = 'flow' and rows.value is not null and before.value is not null
    and periods.year = submissions.period_year
