with

source as (
    select * from {{ source('reference', 'holidays') }}
)

select
    cast(source.date as date) as holiday_date,
    cast(source.name_vi as string) as name_vi,
    cast(source.holiday_kind as string) as holiday_kind,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
