with

assignments as (
    {{ current_rows('fct_helper_assignment__history') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

-- the register is cumulative: the latest period that reports an assignment speaks for it
ranked as (
    select
        assignments.*,
        {{ identifier([
            'assignments.agency_code',
            'assignments.unit_id',
            'assignments.role_code',
            'assignments.valid_from',
        ]) }} as assignment_id,
        {{ identifier(['assignments.agency_code', 'assignments.leader_name']) }} as helper_team_id,
        row_number() over (
            partition by
                assignments.agency_code,
                assignments.unit_id,
                assignments.role_code,
                assignments.valid_from
            order by periods.data_to desc, assignments.known_at desc, assignments.submission_id, assignments.row_id
        ) as recency
    from assignments
    inner join periods on assignments.reporting_period_id = periods.reporting_period_id
)

select
    ranked.assignment_id,
    {{ lineage('ranked') }},
    ranked.helper_team_id,
    ranked.agency_code,
    ranked.leader_name,
    ranked.leader_post,
    ranked.unit_id,
    ranked.helper_level,
    ranked.role_code,
    ranked.decision_no,
    ranked.decision_date,
    ranked.valid_from,
    ranked.valid_to,
    ranked.end_reason,
    ranked.task_content,
    ranked.change_requested_on,
    ranked.change_reason,
    ranked.proposed_leader,
    ranked.change_decided_on,
    ranked.explanation
from ranked
where ranked.recency = 1
