with

criterion_priorities as (
    select * from {{ ref('stg_reference__criterion_priorities') }}
)

select
    criterion_priorities.set_code,
    criterion_priorities.criterion_no,
    criterion_priorities.difficulty,
    criterion_priorities.resource_need,
    criterion_priorities.social_funding_ease,
    criterion_priorities.confidence,
    criterion_priorities.source
from criterion_priorities
