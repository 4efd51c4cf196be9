with

regions as (
    select * from {{ ref('int_judging_region') }}
)

select
    reporting_period_id,
    unit_id,
    criteria_set_code,
    province_code,
    region_code,
    is_override
from regions
