-- The plan of a year that differs from the report before of the same year is explained.
select
    rows.submission_id,
    'thematic_programmes' as form,
    rows.sheet,
    rows.planned_value__cell as cell,
    rows.row_id,
    'planned_value' as column_name,
    rows.planned_value__text as value,
    vi_number(before.planned_value) || ' (' || periods.label_vi || ')' as expected,
    vi_number(before.planned_value) || ' (' || periods.label_en || ')' as expected_en,
    rows.planned_value = before.planned_value or rows.explanation is not null as is_ok
from thematic_programmes as rows
inner join thematic_programmes_before as before
    on rows.submission_id = before.submission_id
    and rows.place_code = before.place_code
    and rows.indicator_code = before.indicator_code
inner join submissions on rows.submission_id = submissions.submission_id
inner join reference.reporting_periods as periods on before.before_period_id = periods.reporting_period_id
where rows.planned_value is not null and before.planned_value is not null and periods.year = submissions.period_year
