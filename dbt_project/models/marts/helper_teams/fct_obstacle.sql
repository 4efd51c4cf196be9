with

obstacles as (
    {{ current_rows('fct_obstacle__history') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

numbered as (
    select
        obstacles.*,
        periods.data_to
    from obstacles
    inner join periods on obstacles.reporting_period_id = periods.reporting_period_id
),

-- the register is cumulative: the latest period that reports an entry speaks for it, as of that period's closing day
ranked as (
    select
        numbered.*,
        numbered.data_to as as_of_date,
        {{ identifier(['numbered.register_unit_id', 'numbered.obstacle_no']) }} as obstacle_id,
        coalesce(numbered.resolved_on, numbered.data_to) as last_day,
        coalesce(
            numbered.due_on,
            {{ days_later('numbered.raised_on', var('obstacle_days_in_time')) }}
        ) as last_day_in_time,
        row_number() over (
            partition by
                numbered.register_unit_id,
                numbered.obstacle_no
            order by numbered.data_to desc, numbered.known_at desc, numbered.submission_id, numbered.row_id
        ) as recency
    from numbered
)

select
    ranked.obstacle_id,
    {{ lineage('ranked') }},
    ranked.register_unit_id,
    ranked.obstacle_no,
    ranked.kind_code,
    ranked.unit_id,
    ranked.programme_code,
    ranked.programme_part_code,
    ranked.content_code,
    ranked.project_no,
    ranked.topic_code,
    ranked.content,
    ranked.title_code,
    ranked.criterion_no,
    ranked.raised_by_code,
    ranked.agency_code,
    ranked.raised_on,
    event_periods.reporting_period_id as event_period_id,
    ranked.is_within_authority,
    ranked.addressee_code,
    ranked.addressee_agency_code,
    ranked.escalated_on,
    ranked.due_on,
    ranked.answered_on,
    ranked.answer_document,
    ranked.resolved_on,
    ranked.result,
    ranked.as_of_date,
    ranked.resolved_on is null as is_open,
    cast({{ days_apart('ranked.raised_on', 'ranked.last_day') }} as int) as age_days,
    ranked.last_day_in_time,
    ranked.resolved_on is null and ranked.last_day > ranked.last_day_in_time as is_overdue,
    cast(
        greatest({{ days_apart('ranked.last_day_in_time', 'ranked.last_day') }}, 0) as int
    ) as days_overdue,
    cast({{ days_apart('ranked.raised_on', 'ranked.answered_on') }} as int) as days_to_answer,
    cast({{ days_apart('ranked.raised_on', 'ranked.resolved_on') }} as int) as days_to_resolve,
    ranked.explanation
from ranked
{{ join_event_period('ranked.raised_on') }}
where ranked.recency = 1
