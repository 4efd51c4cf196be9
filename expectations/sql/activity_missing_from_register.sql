-- The list of activities grows through the year: what the report before of the same year held is still there.
-- A row whose key is blank or unread may be the missing one.
with listed as (
    select submission_id, min(sheet) as sheet, arg_min(activity_no__cell, row_number) as first_cell
    from helper_activities
    group by submission_id
),

owed as (
    select before.*, periods.label_vi, periods.label_en
    from helper_activities_before as before
    inner join submissions using (submission_id)
    inner join reference.reporting_periods as periods on before.before_period_id = periods.reporting_period_id
    where periods.year = submissions.period_year and before.activity_no is not null and before.commune_code is not null
)

select
    owed.submission_id,
    'helper_activities' as form,
    listed.sheet,
    listed.first_cell as cell,
    null as row_id,
    'activity_no' as column_name,
    null as value,
    concat_ws(', ', owed.activity_no, owed.commune_code__text, owed.kind_code__text, vi_date(owed.activity_date))
    || ' (' || owed.label_vi || ')' as expected,
    concat_ws(', ', owed.activity_no, owed.commune_code__text, owed.kind_code__text, vi_date(owed.activity_date))
    || ' (' || owed.label_en || ')' as expected_en,
    exists (
        select 1
        from helper_activities as rows
        where rows.submission_id = owed.submission_id
            and rows.activity_no = owed.activity_no
            and (rows.commune_code = owed.commune_code or rows.commune_code is null)
    ) as is_ok
from owed
inner join listed using (submission_id)
