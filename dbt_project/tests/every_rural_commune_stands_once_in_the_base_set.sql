-- The denominator: every rural commune of the office has one standing in the base set of every open period.
with

communes as (
    select
        units.reporting_period_id,
        units.unit_id
    from {{ ref('int_unit_on_closing_day') }} as units
    inner join {{ ref('int_open_period') }} as periods on units.reporting_period_id = periods.reporting_period_id
    where
        units.is_rural_commune
        and units.is_of_office
),

standings as (
    select
        standings.reporting_period_id,
        standings.unit_id,
        count(*) as row_count
    from {{ ref('fct_unit_standing') }} as standings
    inner join {{ ref('int_set_of_period') }} as sets
        on
            standings.reporting_period_id = sets.reporting_period_id
            and standings.criteria_set_code = sets.criteria_set_code
    where
        sets.is_base_set
        and sets.subject_kind = 'commune'
    group by
        standings.reporting_period_id,
        standings.unit_id
)

select
    communes.reporting_period_id,
    communes.unit_id
from communes
left join standings
    on
        communes.reporting_period_id = standings.reporting_period_id
        and communes.unit_id = standings.unit_id
where coalesce(standings.row_count, 0) <> 1
