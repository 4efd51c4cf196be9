with

thematic_indicators as (
    select * from {{ ref('stg_reference__thematic_indicators') }}
)

select
    thematic_indicators.indicator_code,
    thematic_indicators.programme_code,
    thematic_indicators.name_vi,
    thematic_indicators.name_en,
    thematic_indicators.measure_unit,
    thematic_indicators.measure_kind,
    thematic_indicators.has_base,
    thematic_indicators.has_expiry,
    thematic_indicators.focus_content,
    thematic_indicators.theme_code,
    thematic_indicators.aliases,
    thematic_indicators.sort_order,
    thematic_indicators.confidence,
    thematic_indicators.source
from thematic_indicators
