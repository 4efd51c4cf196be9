with

source as (
    select * from {{ source('ledger', 'readings') }}
)

select
    cast(source.submission_id as string) as submission_id,
    cast(source.parse_id as string) as parse_id,
    cast(source.reporting_unit_id as string) as reporting_unit_id,
    cast(source.reporting_period_id as string) as reporting_period_id,
    cast(source.read_at as timestamptz) as read_at,
    cast(source.run_id as string) as run_id
from source
