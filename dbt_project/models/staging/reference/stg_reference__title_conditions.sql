with

source as (
    select * from {{ source('reference', 'title_conditions') }}
)

select
    cast(source.title_code as string) as title_code,
    cast(source.condition_code as string) as condition_code,
    cast(source.required_from as decimal(18, 4)) as required_from,
    cast(source.required_below as decimal(18, 4)) as required_below,
    cast(source.required_each as decimal(18, 4)) as required_each,
    cast(source.confidence as string) as confidence
from source
