with

criteria as (
    select * from {{ ref('stg_reference__criteria') }}
)

select
    criteria.criterion_id,
    criteria.set_code,
    criteria.criterion_no,
    criteria.criterion_name_vi,
    criteria.criterion_name_en,
    criteria.group_vi,
    criteria.responsible,
    criteria.confidence,
    criteria.source
from criteria
