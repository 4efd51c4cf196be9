with

source as (
    select * from {{ source('reference', 'unit_succession') }}
)

select
    cast(source.predecessor_unit_id as string) as predecessor_unit_id,
    cast(source.successor_unit_id as string) as successor_unit_id,
    cast(source.kind as string) as kind,
    cast(source.is_default as boolean) as is_default,
    cast(source.share as decimal(18, 4)) as share,
    cast(source.effective_date as date) as effective_date,
    cast(source.instrument as string) as instrument,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
