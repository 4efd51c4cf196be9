-- A task that is not continuous has a day by which it is to be done.
select
    submission_id,
    'tasks' as form,
    sheet,
    due_on__cell as cell,
    row_id,
    'due_on' as column_name,
    due_on__text as value,
    null as expected,
    due_on is not null as is_ok
from tasks
where not coalesce(is_continuous, false) and status_code in ('not_started', 'in_progress') and due_on__problem is null
