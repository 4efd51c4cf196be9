with

source as (
    select * from {{ source('ledger', 'verdicts') }}
)

select
    cast(source.judgement_id as string) as judgement_id,
    cast(source.submission_id as string) as submission_id,
    cast(source.parse_id as string) as parse_id,
    cast(source.rules_id as string) as rules_id,
    cast(source.status as string) as status,
    cast(source.rows_sent as int) as rows_sent,
    cast(source.rows_loaded as int) as rows_loaded,
    cast(source.rows_quarantined as int) as rows_quarantined,
    cast(source.blocking_count as int) as blocking_count,
    cast(source.error_count as int) as error_count,
    cast(source.warning_count as int) as warning_count,
    cast(source.info_count as int) as info_count,
    cast(source.judged_at as timestamptz) as judged_at,
    cast(source.received_at as timestamptz) as received_at,
    cast(source.known_from as timestamptz) as known_from,
    cast(source.receipt_id as string) as receipt_id,
    cast(source.run_id as string) as run_id
from source
