with

source as (
    select * from {{ source('reference', 'funding_sources') }}
)

select
    cast(source.source_code as string) as source_code,
    cast(source.name_vi as string) as name_vi,
    cast(source.name_en as string) as name_en,
    cast(source.parent_code as string) as parent_code,
    cast(source.is_leaf as boolean) as is_leaf,
    cast(source.group_code as string) as group_code,
    cast(source.is_state_budget as boolean) as is_state_budget,
    cast(source.is_credit as boolean) as is_credit,
    cast(source.is_integrated as boolean) as is_integrated,
    cast(source.counts_as_matching_level as string) as counts_as_matching_level,
    cast(source.is_matching_base as boolean) as is_matching_base,
    cast(source.sort_order as int) as sort_order,
    cast(source.valid_from as date) as valid_from,
    cast(source.valid_to as date) as valid_to,
    cast(source.aliases as string) as aliases,
    cast(source.confidence as string) as confidence
from source
