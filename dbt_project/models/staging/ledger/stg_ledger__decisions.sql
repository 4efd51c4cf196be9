with

source as (
    select * from {{ source('ledger', 'decisions') }}
)

select
    cast(source.decision_id as string) as decision_id,
    cast(source.kind as string) as kind,
    cast(source.reporting_unit_id as string) as reporting_unit_id,
    cast(source.reporting_period_id as string) as reporting_period_id,
    cast(source.submission_ids as string) as submission_ids,
    cast(source.decided_by as string) as decided_by,
    cast(source.reason as string) as reason,
    cast(source.decided_at as timestamptz) as decided_at
from source
