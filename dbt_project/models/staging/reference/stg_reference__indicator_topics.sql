with

source as (
    select * from {{ source('reference', 'indicator_topics') }}
)

select
    cast(source.topic_code as string) as topic_code,
    cast(source.set_code as string) as set_code,
    cast(source.indicator_no as string) as indicator_no
from source
