with

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

successions as (
    select * from {{ ref('stg_reference__unit_succession') }}
),

intervals as (
    select * from {{ ref('int_title_interval') }}
)

-- a predecessor held the title on its last day; what is merged or split inherits nothing
select distinct
    units.reporting_period_id,
    units.unit_id,
    intervals.title_code
from units
inner join successions
    on
        units.unit_id = successions.successor_unit_id
        and successions.effective_date <= units.data_to
inner join intervals
    on
        successions.predecessor_unit_id = intervals.unit_id
        and intervals.valid_from < successions.effective_date
        and (intervals.valid_to is null or intervals.valid_to >= successions.effective_date)
where
    successions.kind in ('merge', 'split')
    and intervals.is_held
