with

funding_contents as (
    select * from {{ ref('stg_reference__funding_contents') }}
)

select
    funding_contents.content_code,
    funding_contents.name_vi,
    funding_contents.name_en,
    funding_contents.group_code,
    funding_contents.programme_code,
    funding_contents.aliases,
    funding_contents.sort_order,
    funding_contents.confidence,
    funding_contents.source
from funding_contents
