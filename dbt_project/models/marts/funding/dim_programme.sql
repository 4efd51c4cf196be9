with

programmes as (
    select * from {{ ref('stg_reference__programmes') }}
)

select
    programmes.programme_code,
    programmes.parent_code,
    programmes.level,
    programmes.name_vi,
    programmes.name_en,
    programmes.aliases,
    programmes.decision_no,
    programmes.decision_date,
    programmes.valid_from,
    programmes.valid_to,
    programmes.plan_year_from,
    programmes.plan_year_to,
    programmes.carried_over_to,
    programmes.merged_into,
    programmes.confidence,
    programmes.source,
    programmes.sort_order
from programmes
