-- A task past its deadline on the closing day says why; the later date that was asked for counts.
select
    tasks.submission_id,
    'tasks' as form,
    tasks.sheet,
    tasks.explanation__cell as cell,
    tasks.row_id,
    'explanation' as column_name,
    tasks.explanation__text as value,
    vi_date(coalesce(tasks.revised_due_on, tasks.due_on)) as expected,
    tasks.explanation is not null as is_ok
from tasks
inner join submissions on tasks.submission_id = submissions.submission_id
where tasks.status_code in ('not_started', 'in_progress')
    and coalesce(tasks.revised_due_on, tasks.due_on) < submissions.data_to
    and tasks.revised_due_on__problem is null
