with

regions as (
    select * from {{ ref('int_judging_scope') }}
)

select
    reporting_period_id,
    unit_id,
    criteria_set_code,
    province_code,
    judging_kind,
    judging_code,
    is_override
from regions
