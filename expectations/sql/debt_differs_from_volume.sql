-- Debt is the settled value, or else the accepted volume, beyond the money assigned so far; up to half a million đồng
-- is rounding. A debt left blank is nil, and is asked for where the volume is beyond the money.
with computed as (
    select
        *,
        greatest(coalesce(settled_vnd, accepted_vnd) - assigned_total_vnd, 0) as owed_vnd
    from projects
    where debt_vnd__problem is null and settled_vnd__problem is null and assigned_total_vnd is not null
)

select
    submission_id,
    'projects' as form,
    sheet,
    debt_vnd__cell as cell,
    row_id,
    'debt_vnd' as column_name,
    debt_vnd__text as value,
    vi_number(in_million(owed_vnd)) || ' triệu đồng' as expected,
    vi_number(in_million(owed_vnd)) || ' million VND' as expected_en,
    abs(coalesce(debt_vnd, 0) - owed_vnd) <= 500000 as is_ok
from computed
where owed_vnd is not null
