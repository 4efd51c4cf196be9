-- A line that has spent money at the report before of the same year is still in the report: it counts from the start of
-- the year. A row whose key is blank or unread may be the missing one.
with listed as (
    select submission_id, min(sheet) as sheet, arg_min(place_code__cell, row_number) as first_cell
    from funding_sources
    group by submission_id
),

owed as (
    select
        before.*,
        periods.label_vi,
        periods.label_en,
        greatest(coalesce(before.performed_vnd, 0), coalesce(before.disbursed_vnd, 0), coalesce(before.lent_vnd, 0))
            as spent
    from funding_sources_before as before
    inner join submissions using (submission_id)
    inner join reference.reporting_periods as periods on before.before_period_id = periods.reporting_period_id
    where periods.year = submissions.period_year
)

select
    owed.submission_id,
    'funding_sources' as form,
    listed.sheet,
    listed.first_cell as cell,
    null as row_id,
    'place_code' as column_name,
    null as value,
    concat_ws(', ', owed.place_code__text, owed.programme_code__text, owed.content_code__text, owed.source_code__text,
        owed.nature_code__text, owed.plan_year__text) || ': ' || vi_number(in_million(owed.spent)) || ' triệu đồng ('
    || owed.label_vi || ')' as expected,
    concat_ws(', ', owed.place_code__text, owed.programme_code__text, owed.content_code__text, owed.source_code__text,
        owed.nature_code__text, owed.plan_year__text) || ': ' || vi_number(in_million(owed.spent)) || ' million VND ('
    || owed.label_en || ')' as expected_en,
    exists (
        select 1
        from funding_sources as rows
        where rows.submission_id = owed.submission_id
            and (rows.place_code = owed.place_code or rows.place_code is null)
            and (rows.programme_code = owed.programme_code or rows.programme_code is null)
            and (rows.content_code = owed.content_code or rows.content_code is null)
            and (rows.source_code = owed.source_code or rows.source_code is null)
            and (rows.nature_code is not distinct from owed.nature_code or rows.nature_code__problem is not null)
            and (rows.plan_year = owed.plan_year or rows.plan_year is null)
    ) as is_ok
from owed
inner join listed using (submission_id)
where owed.spent > 0
