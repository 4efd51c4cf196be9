with

activities as (
    {{ current_rows('fct_helper_activity__history') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
    where period_type <> 'stage'
),

assignments as (
    select * from {{ ref('fct_helper_assignment') }}
),

-- the register is cumulative: the latest period that reports an activity in a commune speaks for it
ranked as (
    select
        activities.*,
        {{ identifier(['activities.activity_no', 'activities.unit_id']) }} as activity_id,
        row_number() over (
            partition by activities.activity_no, activities.unit_id
            order by periods.data_to desc, activities.known_at desc, activities.submission_id, activities.row_id
        ) as recency
    from activities
    inner join periods on activities.reporting_period_id = periods.reporting_period_id
),

-- credited to the assignment in force on the day: the main one, and of two in a hand-over the incoming one
credited as (
    select
        ranked.activity_id,
        assignments.assignment_id,
        row_number() over (
            partition by ranked.activity_id
            order by
                case assignments.role_code when 'main' then 1 else 2 end,
                assignments.valid_from desc,
                assignments.assignment_id
        ) as precedence
    from ranked
    inner join assignments
        on
            ranked.agency_code = assignments.agency_code
            and ranked.unit_id = assignments.unit_id
            and assignments.valid_from <= ranked.activity_date
            and (assignments.valid_to is null or ranked.activity_date < assignments.valid_to)
    where ranked.recency = 1
)

select
    ranked.activity_id,
    {{ lineage('ranked') }},
    ranked.activity_no,
    ranked.agency_code,
    ranked.unit_id,
    ranked.kind_code,
    ranked.activity_date,
    event_periods.reporting_period_id as event_period_id,
    ranked.level_code,
    ranked.place_text,
    ranked.is_leader_present,
    ranked.participant_count,
    ranked.has_content_prepared,
    ranked.notified_on,
    case
        when ranked.notified_on is null then 'unknown'
        when ranked.notified_on < ranked.activity_date then 'in_advance'
        when ranked.notified_on = ranked.activity_date then 'same_day'
        else 'after'
    end as notice_class,
    ranked.focus_content,
    ranked.result,
    credited.assignment_id,
    ranked.explanation
from ranked
{{ join_event_period('ranked.activity_date') }}
left join credited
    on
        ranked.activity_id = credited.activity_id
        and credited.precedence = 1
where ranked.recency = 1
