-- The same content in the same place is not paid from the same source by two programmes: equal amounts say it is the
-- same money, entered twice. The later row is shown.
with entered as (
    select
        rows.*,
        coalesce(rows.assigned_vnd, rows.planned_vnd) as amount
    from funding_sources as rows
    where rows.programme_code is not null and coalesce(rows.assigned_vnd, rows.planned_vnd) > 0
)

select
    later.submission_id,
    'funding_sources' as form,
    later.sheet,
    later.programme_code__cell as cell,
    later.row_id,
    'programme_code' as column_name,
    later.programme_code__text as value,
    min(earlier.programme_code__text || ', ' || earlier.programme_code__cell) as expected,
    count(earlier.row_id) = 0 as is_ok
from entered as later
left join entered as earlier
    on later.submission_id = earlier.submission_id
    and later.sheet = earlier.sheet
    and later.row_number > earlier.row_number
    and later.programme_code <> earlier.programme_code
    and later.place_code = earlier.place_code
    and later.content_code = earlier.content_code
    and later.source_code = earlier.source_code
    and later.nature_code is not distinct from earlier.nature_code
    and later.plan_year = earlier.plan_year
    and later.amount = earlier.amount
group by all
