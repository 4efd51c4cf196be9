with

source as (
    select * from {{ source('reference', 'programmes') }}
)

select
    cast(source.programme_code as string) as programme_code,
    cast(source.parent_code as string) as parent_code,
    cast(source.level as string) as level,
    cast(source.name_vi as string) as name_vi,
    cast(source.name_en as string) as name_en,
    cast(source.aliases as string) as aliases,
    cast(source.decision_no as string) as decision_no,
    cast(source.decision_date as date) as decision_date,
    cast(source.valid_from as date) as valid_from,
    cast(source.valid_to as date) as valid_to,
    cast(source.plan_year_from as int) as plan_year_from,
    cast(source.plan_year_to as int) as plan_year_to,
    cast(source.carried_over_to as date) as carried_over_to,
    cast(source.merged_into as string) as merged_into,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source,
    cast(source.sort_order as int) as sort_order
from source
