-- Each dated event is counted in exactly the period whose own window holds its day.
with

events as (
    {%- for mart, day in [
        ('fct_activity', 'activity_date'),
        ('fct_helper_activity', 'activity_date'),
        ('fct_obstacle', 'raised_on'),
        ('fct_policy', 'issued_on'),
        ('fct_recognition', 'decision_date'),
        ('fct_support', 'agreed_on'),
    ] %}
    select
        '{{ mart }}' as mart,
        {{ day }} as event_day,
        event_period_id
    from {{ ref(mart) }}
    {{ "union all" if not loop.last }}
    {%- endfor %}
),

periods as (
    select * from {{ ref('dim_reporting_period') }}
    where period_type <> 'stage'
)

select
    events.mart,
    events.event_day,
    events.event_period_id,
    periods.reporting_period_id
from events
left join periods
    on
        events.event_day >= periods.discrete_from
        and events.event_day <= periods.data_to
where coalesce(events.event_period_id, '') <> coalesce(periods.reporting_period_id, '')
