with

conditions as (
    select * from {{ ref('stg_reference__conditions') }}
)

select
    conditions.condition_code,
    conditions.scope,
    conditions.kind,
    conditions.condition_text,
    conditions.metric,
    conditions.operator,
    conditions.value,
    conditions.value_from,
    conditions.value_below,
    conditions.unit,
    conditions.place_types,
    conditions.place_title,
    conditions.confidence,
    conditions.source
from conditions
