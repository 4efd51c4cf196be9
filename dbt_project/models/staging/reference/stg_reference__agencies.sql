with

source as (
    select * from {{ source('reference', 'agencies') }}
)

select
    cast(source.agency_code as string) as agency_code,
    cast(source.name_vi as string) as name_vi,
    cast(source.agency_kind as string) as agency_kind,
    cast(source.level as string) as level,
    cast(source.province_code as string) as province_code,
    cast(source.valid_from as date) as valid_from,
    cast(source.valid_to as date) as valid_to,
    cast(source.successor_code as string) as successor_code,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
