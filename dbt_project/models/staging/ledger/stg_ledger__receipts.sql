with

source as (
    select * from {{ source('ledger', 'receipts') }}
)

select
    cast(source.receipt_id as string) as receipt_id,
    cast(source.sha256 as string) as sha256,
    cast(source.file_name as string) as file_name,
    cast(source.channel_path as string) as channel_path,
    cast(source.size_bytes as int) as size_bytes,
    cast(source.received_at as timestamptz) as received_at,
    cast(source.recorded_at as timestamptz) as recorded_at,
    cast(source.run_id as string) as run_id
from source
