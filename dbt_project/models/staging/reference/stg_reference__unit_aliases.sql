with

source as (
    select * from {{ source('reference', 'unit_aliases') }}
)

select
    cast(source.unit_id as string) as unit_id,
    cast(source.alias_vi as string) as alias_vi,
    cast(source.alias_kind as string) as alias_kind,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
