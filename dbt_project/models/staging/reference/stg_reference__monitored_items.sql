with

source as (
    select * from {{ source('reference', 'monitored_items') }}
)

select
    cast(source.item_no as string) as item_no,
    cast(source.document_id as string) as document_id,
    cast(source.kind as string) as kind,
    cast(source.asks_vi as string) as asks_vi,
    cast(source.asks_en as string) as asks_en,
    cast(source.rules as string) as rules,
    cast(source.without_data_vi as string) as without_data_vi,
    cast(source.without_data_en as string) as without_data_en
from source
