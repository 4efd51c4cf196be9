with

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

intervals as (
    select * from {{ ref('int_title_interval') }}
)

select
    units.reporting_period_id,
    units.unit_id,
    intervals.title_code,
    intervals.is_held
from units
inner join intervals
    on
        units.unit_id = intervals.unit_id
        and intervals.valid_from <= units.data_to
        and (intervals.valid_to is null or units.data_to < intervals.valid_to)
