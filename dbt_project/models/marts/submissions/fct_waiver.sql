with

waivers as (
    select * from {{ ref('stg_ledger__waivers') }}
)

select
    waivers.waiver_id,
    waivers.rule_id,
    waivers.reporting_unit_id,
    waivers.reporting_period_id,
    {{ without_telephone('waivers.reason') }} as reason,
    waivers.approved_by,
    waivers.expires_on,
    waivers.recorded_at
from waivers
