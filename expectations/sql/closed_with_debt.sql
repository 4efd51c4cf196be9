-- The books of a project are closed once it is settled and owes nothing.
select
    submission_id,
    'projects' as form,
    sheet,
    closed_on__cell as cell,
    row_id,
    'closed_on' as column_name,
    closed_on__text as value,
    case
        when settled_vnd is null then 'chưa có giá trị quyết toán'
        else 'còn nợ ' || vi_number(in_million(debt_vnd)) || ' triệu đồng'
    end as expected,
    case
        when settled_vnd is null then 'no settled value'
        else 'debt of ' || vi_number(in_million(debt_vnd)) || ' million VND'
    end as expected_en,
    settled_vnd is not null and coalesce(debt_vnd, 0) = 0 as is_ok
from projects
where closed_on is not null and settled_vnd__problem is null and debt_vnd__problem is null
