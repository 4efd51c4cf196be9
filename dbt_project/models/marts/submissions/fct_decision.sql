with

decisions as (
    select * from {{ ref('stg_ledger__decisions') }}
)

select
    decisions.decision_id,
    decisions.kind,
    decisions.reporting_unit_id,
    decisions.reporting_period_id,
    decisions.decided_by,
    {{ without_telephone('decisions.reason') }} as reason,
    decisions.decided_at
from decisions
