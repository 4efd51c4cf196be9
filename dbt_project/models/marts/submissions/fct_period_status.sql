with

submissions as (
    select * from {{ ref('fct_submission') }}
),

decisions as (
    select * from {{ ref('stg_ledger__decisions') }}
),

counted as (
    select
        reporting_period_id,
        count(*) as expected_count,
        sum(case when version_count > 0 then 1 else 0 end) as received_count,
        sum(case when accepted_submission_id is not null then 1 else 0 end) as accepted_count,
        sum(case when is_approved then 1 else 0 end) as approved_count
    from submissions
    group by reporting_period_id
),

-- the last word on the lock of the whole period
locks as (
    select
        decisions.*,
        row_number() over (
            partition by decisions.reporting_period_id
            order by decisions.decided_at desc, decisions.decision_id desc
        ) as recency
    from decisions
    where decisions.kind in ('closed', 'reopened') and decisions.reporting_unit_id is null
)

select
    counted.reporting_period_id,
    cast(counted.expected_count as int) as expected_count,
    cast(counted.received_count as int) as received_count,
    cast(counted.accepted_count as int) as accepted_count,
    cast(counted.approved_count as int) as approved_count,
    counted.approved_count = counted.expected_count as is_final,
    coalesce(locks.kind = 'closed', false) as is_closed,
    case when locks.kind = 'closed' then locks.decided_at end as closed_at,
    case when locks.kind = 'closed' then locks.decided_by end as closed_by
from counted
left join locks
    on
        counted.reporting_period_id = locks.reporting_period_id
        and locks.recency = 1
