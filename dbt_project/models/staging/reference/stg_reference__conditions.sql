with

source as (
    select * from {{ source('reference', 'conditions') }}
)

select
    cast(source.condition_code as string) as condition_code,
    cast(source.scope as string) as scope,
    cast(source.kind as string) as kind,
    cast(source.condition_text as string) as condition_text,
    cast(source.metric as string) as metric,
    cast(source.operator as string) as operator,
    cast(source.value as string) as value,
    cast(source.value_from as decimal(18, 4)) as value_from,
    cast(source.value_below as decimal(18, 4)) as value_below,
    cast(source.unit as string) as unit,
    cast(source.place_types as string) as place_types,
    cast(source.place_title as string) as place_title,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
