with

source as (
    select * from {{ source('reference', 'matching_rules') }}
)

select
    cast(source.rule_id as string) as rule_id,
    cast(source.province_code as string) as province_code,
    cast(source.programme_code as string) as programme_code,
    cast(source.unit_type as string) as unit_type,
    cast(source.budget_level as string) as budget_level,
    cast(source.nature_code as string) as nature_code,
    cast(source.ratio_pct as decimal(18, 4)) as ratio_pct,
    cast(source.base as string) as base,
    cast(source.valid_from as date) as valid_from,
    cast(source.valid_to as date) as valid_to,
    cast(source.resolution as string) as resolution,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
