with

matching_rules as (
    select * from {{ ref('stg_reference__matching_rules') }}
)

select
    matching_rules.rule_id,
    matching_rules.province_code,
    matching_rules.programme_code,
    matching_rules.unit_type,
    matching_rules.budget_level,
    matching_rules.nature_code,
    matching_rules.ratio_pct,
    matching_rules.base,
    matching_rules.valid_from,
    matching_rules.valid_to,
    matching_rules.resolution,
    matching_rules.confidence,
    matching_rules.source
from matching_rules
