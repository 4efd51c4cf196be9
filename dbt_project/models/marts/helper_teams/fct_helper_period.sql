with

assignments as (
    select * from {{ ref('fct_helper_assignment') }}
),

activities as (
    select * from {{ ref('fct_helper_activity') }}
),

periods as (
    select * from {{ ref('int_open_period') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

summaries as (
    select * from {{ ref('fct_helper_summary') }}
),

parts as (
    select * from {{ ref('int_form_part_validity') }}
    where
        is_current
        and form = 'helper_activities'
),

-- assignments in force on any day since the start of the report year, of units that stand on the closing day
in_force as (
    select
        assignments.assignment_id,
        periods.reporting_period_id,
        units.reporting_unit_id,
        assignments.submission_id,
        assignments.judgement_id,
        assignments.form,
        assignments.sheet,
        assignments.row_id,
        assignments.known_at,
        assignments.unit_id,
        assignments.agency_code,
        periods.data_from,
        periods.data_to,
        periods.discrete_from,
        parts.judgement_id is not null as is_activity_reported
    from assignments
    inner join periods
        on
            assignments.valid_from <= periods.data_to
            and (assignments.valid_to is null or periods.data_from < assignments.valid_to)
    inner join units
        on
            periods.reporting_period_id = units.reporting_period_id
            and assignments.unit_id = units.unit_id
    left join parts
        on
            periods.reporting_period_id = parts.reporting_period_id
            and units.reporting_unit_id = parts.reporting_unit_id
),

counted as (
    select
        in_force.assignment_id,
        in_force.reporting_period_id,
        count(*) as activity_count,
        sum(case when activities.kind_code = 'visit' then 1 else 0 end) as visit_count,
        sum(
            case when activities.kind_code = 'visit' and activities.notice_class = 'in_advance' then 1 else 0 end
        ) as visit_in_advance_count,
        sum(case when activities.kind_code = 'meeting' then 1 else 0 end) as meeting_count,
        sum(case when activities.kind_code = 'briefing' then 1 else 0 end) as briefing_count,
        sum(case when activities.kind_code = 'training' then 1 else 0 end) as training_count,
        sum(case when activities.kind_code = 'communication' then 1 else 0 end) as communication_count,
        sum(case when activities.kind_code = 'party_support' then 1 else 0 end) as party_support_count,
        sum(
            case
                when activities.kind_code = 'visit' and activities.activity_date >= in_force.discrete_from then 1
                else 0
            end
        ) as visit_in_period_count
    from in_force
    inner join activities
        on
            in_force.assignment_id = activities.assignment_id
            and activities.activity_date >= in_force.data_from
            and activities.activity_date <= in_force.data_to
    group by in_force.assignment_id, in_force.reporting_period_id
),

-- no activity in a report that was received is zero; no report is unknown
known as (
    select
        in_force.*,
        {{ count_if_reported('counted.visit_count', 'in_force.is_activity_reported') }} as visit_count,
        {{ count_if_reported('counted.visit_in_advance_count', 'in_force.is_activity_reported') }} as visit_in_advance_count,
        {{ count_if_reported('counted.meeting_count', 'in_force.is_activity_reported') }} as meeting_count,
        {{ count_if_reported('counted.briefing_count', 'in_force.is_activity_reported') }} as briefing_count,
        {{ count_if_reported('counted.training_count', 'in_force.is_activity_reported') }} as training_count,
        {{ count_if_reported('counted.communication_count', 'in_force.is_activity_reported') }} as communication_count,
        {{ count_if_reported('counted.party_support_count', 'in_force.is_activity_reported') }} as party_support_count,
        {{ count_if_reported('counted.activity_count', 'in_force.is_activity_reported') }} as activity_count,
        {{ count_if_reported('counted.visit_in_period_count', 'in_force.is_activity_reported') }} as visit_in_period_count
    from in_force
    left join counted
        on
            in_force.assignment_id = counted.assignment_id
            and in_force.reporting_period_id = counted.reporting_period_id
)

-- beside what the events add up to, what the unit reports in sum
select
    known.assignment_id,
    {{ lineage('known') }},
    known.unit_id,
    known.agency_code,
    known.is_activity_reported,
    known.visit_count,
    known.visit_in_advance_count,
    known.meeting_count,
    known.briefing_count,
    known.training_count,
    known.communication_count,
    known.party_support_count,
    known.activity_count,
    known.visit_in_period_count,
    summaries.planned_visit_count,
    summaries.visit_count as reported_visit_count,
    summaries.visit_in_advance_count as reported_visit_in_advance_count,
    summaries.meeting_count as reported_meeting_count,
    summaries.briefing_count as reported_briefing_count,
    summaries.training_count as reported_training_count,
    summaries.communication_count as reported_communication_count,
    summaries.visit_count - known.visit_count as visit_difference
from known
left join summaries
    on
        known.assignment_id = summaries.assignment_id
        and known.reporting_period_id = summaries.reporting_period_id
