with

tasks as (
    {{ current_rows('fct_task_progress__history') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

-- a task is judged by the later date that was asked for, where one was
dated as (
    select
        tasks.*,
        coalesce(tasks.revised_due_on, tasks.due_on) as deadline_on,
        periods.data_to
    from tasks
    inner join periods on tasks.reporting_period_id = periods.reporting_period_id
),

timed as (
    select
        dated.*,
        coalesce(
            dated.deadline_on < dated.data_to and dated.status_code not in ('completed', 'cancelled'), false
        ) as is_overdue
    from dated
)

select
    {{ identifier(['timed.reporting_unit_id', 'timed.task_no']) }} as task_id,
    {{ lineage('timed') }},
    timed.task_no,
    timed.group_code,
    timed.content,
    timed.assigning_document,
    timed.unit_id,
    timed.area_code,
    timed.owner_kind,
    timed.owner_name,
    timed.support_names,
    timed.person_name,
    timed.is_continuous,
    timed.is_priority,
    timed.assigned_on,
    timed.due_on,
    timed.revised_due_on,
    timed.deadline_on,
    timed.target_unit,
    timed.target_value,
    timed.result_value,
    timed.status_code,
    timed.completed_on,
    timed.is_overdue,
    cast(
        case when timed.is_overdue then {{ days_apart('timed.deadline_on', 'timed.data_to') }} end as int
    ) as overdue_days,
    timed.evidence,
    timed.explanation
from timed
