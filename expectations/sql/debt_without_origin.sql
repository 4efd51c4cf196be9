-- A debt has a day on which it arose and a day by which it is to be paid.
select
    submission_id,
    'projects' as form,
    sheet,
    case when debt_since is null then debt_since__cell else debt_clear_by__cell end as cell,
    row_id,
    case when debt_since is null then 'debt_since' else 'debt_clear_by' end as column_name,
    null as value,
    vi_number(in_million(debt_vnd)) || ' triệu đồng' as expected,
    vi_number(in_million(debt_vnd)) || ' million VND' as expected_en,
    debt_since is not null and debt_clear_by is not null as is_ok
from projects
where debt_vnd > 0 and debt_since__problem is null and debt_clear_by__problem is null
