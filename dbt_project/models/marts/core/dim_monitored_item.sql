with

items as (
    select * from {{ ref('stg_reference__monitored_items') }}
)

select
    items.item_no,
    items.document_id,
    items.kind,
    items.asks_vi,
    items.asks_en,
    items.rules,
    items.without_data_vi,
    items.without_data_en
from items
