with

source as (
    select * from {{ source('ledger', 'waivers') }}
)

select
    cast(source.waiver_id as string) as waiver_id,
    cast(source.rule_id as string) as rule_id,
    cast(source.reporting_unit_id as string) as reporting_unit_id,
    cast(source.reporting_period_id as string) as reporting_period_id,
    cast(source.reason as string) as reason,
    cast(source.approved_by as string) as approved_by,
    cast(source.expires_on as date) as expires_on,
    cast(source.recorded_at as timestamptz) as recorded_at
from source
