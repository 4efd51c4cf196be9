with

decisions as (
    select * from {{ ref('fct_decision') }}
    where kind in ('closed', 'reopened')
),

versions as (
    select * from {{ ref('int_submission_version') }}
),

expected as (
    select * from {{ ref('stg_reference__expected_submissions') }}
),

units as (
    select
        expected.reporting_period_id,
        expected.reporting_unit_id
    from expected
    union
    select
        versions.reporting_period_id,
        versions.reporting_unit_id
    from versions
),

-- the latest word counts: a reopening of one unit opens that unit alone, a later closing closes all
ranked as (
    select
        units.reporting_period_id,
        units.reporting_unit_id,
        decisions.kind,
        decisions.decision_id,
        decisions.decided_at,
        decisions.decided_by,
        decisions.reason,
        row_number() over (
            partition by units.reporting_period_id, units.reporting_unit_id, decisions.kind
            order by decisions.decided_at desc, decisions.decision_id desc
        ) as recency,
        count(*) over (
            partition by units.reporting_period_id, units.reporting_unit_id, decisions.kind
        ) as kind_count
    from units
    inner join decisions
        on
            units.reporting_period_id = decisions.reporting_period_id
            and (
                decisions.reporting_unit_id is null or units.reporting_unit_id = decisions.reporting_unit_id
            )
)

select
    closings.reporting_period_id,
    closings.reporting_unit_id,
    reopenings.decision_id is null or closings.decided_at > reopenings.decided_at as is_closed,
    closings.decision_id as closing_decision_id,
    closings.decided_at as closed_at,
    closings.decided_by as closed_by,
    closings.reason as closing_reason,
    cast(closings.kind_count as int) as closing_count,
    reopenings.decision_id as reopening_decision_id,
    reopenings.decided_at as reopened_at,
    reopenings.decided_by as reopened_by,
    reopenings.reason as reopening_reason,
    cast(coalesce(reopenings.kind_count, 0) as int) as reopening_count
from ranked as closings
left join ranked as reopenings
    on
        closings.reporting_period_id = reopenings.reporting_period_id
        and closings.reporting_unit_id = reopenings.reporting_unit_id
        and reopenings.kind = 'reopened'
        and reopenings.recency = 1
where
    closings.kind = 'closed'
    and closings.recency = 1
