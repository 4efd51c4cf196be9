with

unit_succession as (
    select * from {{ ref('stg_reference__unit_succession') }}
)

select
    unit_succession.predecessor_unit_id,
    unit_succession.successor_unit_id,
    unit_succession.kind,
    unit_succession.is_default,
    unit_succession.share,
    unit_succession.effective_date,
    unit_succession.instrument,
    unit_succession.confidence,
    unit_succession.source
from unit_succession
