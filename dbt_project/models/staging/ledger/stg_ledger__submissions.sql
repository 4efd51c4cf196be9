with

source as (
    select * from {{ source('ledger', 'submissions') }}
)

select
    cast(source.submission_id as string) as submission_id,
    cast(source.parse_id as string) as parse_id,
    cast(source.sha256 as string) as sha256,
    cast(source.file_name as string) as file_name,
    cast(source.received_at as timestamptz) as received_at,
    cast(source.reporting_unit_id as string) as reporting_unit_id,
    cast(source.reporting_period_id as string) as reporting_period_id,
    cast(source.template_version as string) as template_version,
    cast(source.outcome as string) as outcome,
    cast(source.run_id as string) as run_id
from source
