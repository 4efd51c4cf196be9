with

funding_sources as (
    select * from {{ ref('stg_reference__funding_sources') }}
)

select
    funding_sources.source_code,
    funding_sources.name_vi,
    funding_sources.name_en,
    funding_sources.parent_code,
    funding_sources.is_leaf,
    funding_sources.group_code,
    funding_sources.is_state_budget,
    funding_sources.is_credit,
    funding_sources.is_integrated,
    funding_sources.counts_as_matching_level,
    funding_sources.is_matching_base,
    funding_sources.sort_order,
    funding_sources.valid_from,
    funding_sources.valid_to,
    funding_sources.aliases,
    funding_sources.confidence
from funding_sources
