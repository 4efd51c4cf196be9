with

activities as (
    {{ current_rows('fct_activity__history') }}
),

helper_activities as (
    select * from {{ ref('fct_helper_activity') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
    where period_type <> 'stage'
),

-- the register of a year is cumulative: the latest period that reports an activity speaks for it
ranked as (
    select
        activities.*,
        {{ identifier(['activities.reporting_unit_id', 'activities.activity_no']) }} as activity_id,
        row_number() over (
            partition by activities.reporting_unit_id, activities.activity_no
            order by periods.data_to desc, activities.known_at desc, activities.submission_id, activities.row_id
        ) as recency
    from activities
    inner join periods on activities.reporting_period_id = periods.reporting_period_id
)

select
    ranked.activity_id,
    {{ lineage('ranked') }},
    ranked.activity_no,
    ranked.actor_kind,
    ranked.agency_code,
    ranked.addressee_agency_code,
    ranked.organisation_name,
    ranked.kind_code,
    ranked.planned_on,
    ranked.activity_date,
    event_periods.reporting_period_id as event_period_id,
    ranked.unit_id,
    ranked.area_code,
    ranked.criterion_no,
    ranked.subject_code,
    ranked.movement_code,
    ranked.audience_code,
    ranked.channel_code,
    ranked.session_count,
    ranked.participant_count,
    ranked.women_count,
    ranked.minority_count,
    ranked.job_count,
    ranked.household_count,
    ranked.organisation_count,
    ranked.finding_count,
    ranked.handled_count,
    ranked.to_recover_vnd,
    ranked.recovered_vnd,
    ranked.follow_up_due_on,
    ranked.content,
    ranked.result,
    ranked.explanation
from ranked
{{ join_event_period('ranked.activity_date') }}
where ranked.recency = 1

union all

-- the helper teams' part, reported on a form of its own
select
    helper_activities.activity_id,
    {{ lineage('helper_activities') }},
    helper_activities.activity_no,
    'helper_team' as actor_kind,
    helper_activities.agency_code,
    cast(null as string) as addressee_agency_code,
    cast(null as string) as organisation_name,
    helper_activities.kind_code,
    cast(null as date) as planned_on,
    helper_activities.activity_date,
    helper_activities.event_period_id,
    helper_activities.unit_id,
    cast(null as string) as area_code,
    cast(null as int) as criterion_no,
    cast(null as string) as subject_code,
    cast(null as string) as movement_code,
    cast(null as string) as audience_code,
    cast(null as string) as channel_code,
    cast(null as int) as session_count,
    helper_activities.participant_count,
    cast(null as int) as women_count,
    cast(null as int) as minority_count,
    cast(null as int) as job_count,
    cast(null as int) as household_count,
    cast(null as int) as organisation_count,
    cast(null as int) as finding_count,
    cast(null as int) as handled_count,
    cast(null as decimal(20, 0)) as to_recover_vnd,
    cast(null as decimal(20, 0)) as recovered_vnd,
    cast(null as date) as follow_up_due_on,
    cast(null as string) as content,
    helper_activities.result,
    helper_activities.explanation
from helper_activities
