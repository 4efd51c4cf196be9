with

source as (
    select * from {{ source('reference', 'criteria') }}
)

select
    cast(source.criterion_id as string) as criterion_id,
    cast(source.set_code as string) as set_code,
    cast(source.criterion_no as int) as criterion_no,
    cast(source.criterion_name_vi as string) as criterion_name_vi,
    cast(source.criterion_name_en as string) as criterion_name_en,
    cast(source.group_vi as string) as group_vi,
    cast(source.responsible as string) as responsible,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
