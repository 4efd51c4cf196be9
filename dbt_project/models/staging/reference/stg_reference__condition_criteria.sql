with

source as (
    select * from {{ source('reference', 'condition_criteria') }}
)

select
    cast(source.condition_code as string) as condition_code,
    cast(source.set_code as string) as set_code,
    cast(source.criterion_no as int) as criterion_no
from source
