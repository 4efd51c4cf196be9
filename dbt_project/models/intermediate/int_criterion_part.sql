with

parts as (
    select * from {{ ref('stg_reference__indicator_parts') }}
),

indicators as (
    select * from {{ ref('stg_reference__indicators') }}
)

select
    parts.set_code as criteria_set_code,
    indicators.criterion_no,
    parts.indicator_no,
    parts.part_code,
    count(*) over (partition by parts.set_code, indicators.criterion_no) as part_count
from parts
inner join indicators
    on
        parts.set_code = indicators.set_code
        and parts.indicator_no = indicators.indicator_no
where parts.decides_verdict
