with

source as (
    select * from {{ source('reference', 'known_recognitions') }}
)

select
    cast(source.unit_id as string) as unit_id,
    cast(source.unit_code as string) as unit_code,
    cast(source.name_vi as string) as name_vi,
    cast(source.level as string) as level,
    cast(source.title_code as string) as title_code,
    cast(source.stage as string) as stage,
    cast(source.year_recognised as int) as year_recognised,
    cast(source.decision_no as string) as decision_no,
    cast(source.decision_date as date) as decision_date,
    cast(source.model_field as string) as model_field,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
