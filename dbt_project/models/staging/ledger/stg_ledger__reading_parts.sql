with

source as (
    select * from {{ source('ledger', 'reading_parts') }}
)

select
    cast(source.submission_id as string) as submission_id,
    cast(source.parse_id as string) as parse_id,
    cast(source.form as string) as form,
    cast(source.state as string) as state,
    cast(source.rows_sent as int) as rows_sent,
    cast(source.landing_file as string) as landing_file,
    cast(source.run_id as string) as run_id
from source
