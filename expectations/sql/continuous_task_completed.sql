-- A continuous task has no end: within it only single pieces of work are completed.
select
    submission_id,
    'tasks' as form,
    sheet,
    status_code__cell as cell,
    row_id,
    'status_code' as column_name,
    status_code__text as value,
    null as expected,
    status_code <> 'completed' as is_ok
from tasks
where is_continuous and status_code is not null
