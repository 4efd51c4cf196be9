with

title_conditions as (
    select * from {{ ref('stg_reference__title_conditions') }}
)

select
    title_conditions.title_code,
    title_conditions.condition_code,
    title_conditions.required_from,
    title_conditions.required_below,
    title_conditions.required_each,
    title_conditions.confidence
from title_conditions
