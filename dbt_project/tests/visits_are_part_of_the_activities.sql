-- Counts nest: announced visits in visits, visits with meetings, briefings and trainings in activities.
select
    assignment_id,
    reporting_period_id
from {{ ref('fct_helper_period') }}
where
    visit_in_advance_count > visit_count
    or visit_in_period_count > visit_count
    or visit_count + meeting_count + briefing_count + training_count > activity_count
