with

source as (
    select * from {{ source('reference', 'criterion_priorities') }}
)

select
    cast(source.set_code as string) as set_code,
    cast(source.criterion_no as int) as criterion_no,
    cast(source.difficulty as int) as difficulty,
    cast(source.resource_need as int) as resource_need,
    cast(source.social_funding_ease as int) as social_funding_ease,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
