-- A number is kept for one obstacle or proposal: its kind, place and day raised are those of the report before.
select
    rows.submission_id,
    'obstacles' as form,
    rows.sheet,
    rows.obstacle_no__cell as cell,
    rows.row_id,
    'obstacle_no' as column_name,
    rows.obstacle_no__text as value,
    concat_ws(', ', before.kind_code__text, before.place_code__text, vi_date(before.raised_on))
    || ' (' || periods.label_vi || ')' as expected,
    concat_ws(', ', before.kind_code__text, before.place_code__text, vi_date(before.raised_on))
    || ' (' || periods.label_en || ')' as expected_en,
    rows.kind_code = before.kind_code and rows.place_code = before.place_code and rows.raised_on = before.raised_on
        as is_ok
from obstacles as rows
inner join obstacles_before as before
    on rows.submission_id = before.submission_id and rows.obstacle_no = before.obstacle_no
inner join reference.reporting_periods as periods on before.before_period_id = periods.reporting_period_id
where rows.kind_code is not null and rows.place_code is not null and rows.raised_on is not null
    and before.kind_code is not null and before.place_code is not null and before.raised_on is not null
