-- A loan that is outstanding has somebody who owes it.
select
    submission_id,
    'funding_sources' as form,
    sheet,
    borrower_count__cell as cell,
    row_id,
    'borrower_count' as column_name,
    borrower_count__text as value,
    '> 0' as expected,
    borrower_count > 0 as is_ok
from funding_sources
where outstanding_vnd > 0 and borrower_count is not null
