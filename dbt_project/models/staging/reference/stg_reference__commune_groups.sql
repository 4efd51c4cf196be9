with

source as (
    select * from {{ source('reference', 'commune_groups') }}
)

select
    cast(source.unit_id as string) as unit_id,
    cast(source.group_code as string) as group_code,
    cast(source.valid_from as date) as valid_from,
    cast(source.valid_to as date) as valid_to,
    cast(source.decision as string) as decision,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
