with

source as (
    select * from {{ source('reference', 'indicator_thresholds') }}
)

select
    cast(source.set_code as string) as set_code,
    cast(source.indicator_no as string) as indicator_no,
    cast(source.part_code as string) as part_code,
    cast(source.threshold_year as int) as threshold_year,
    cast(source.scope_kind as string) as scope_kind,
    cast(source.scope_code as string) as scope_code,
    cast(source.threshold_value as decimal(18, 4)) as threshold_value,
    cast(source.threshold_text as string) as threshold_text,
    cast(source.small_denominator_max as int) as small_denominator_max,
    cast(source.small_denominator_value as decimal(18, 4)) as small_denominator_value,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
