with recursive

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

units as (
    select * from {{ ref('stg_reference__administrative_units') }}
),

office_units as (
    select distinct unit_id from {{ ref('int_unit_on_closing_day') }}
),

-- a unit that went into another one as a whole
successions as (
    select * from {{ ref('stg_reference__unit_succession') }}
    where share = 1
),

line as (
    select
        periods.reporting_period_id,
        periods.data_to,
        units.unit_id,
        units.unit_id as line_unit_id,
        units.valid_to
    from periods
    inner join units on units.valid_from <= periods.data_to
    inner join office_units on units.unit_id = office_units.unit_id
    union all
    select
        line.reporting_period_id,
        line.data_to,
        line.unit_id,
        successors.unit_id as line_unit_id,
        successors.valid_to
    from line
    inner join successions
        on
            line.line_unit_id = successions.predecessor_unit_id
            and successions.effective_date <= line.data_to
    inner join units as successors on successions.successor_unit_id = successors.unit_id
    where line.valid_to <= line.data_to
)

select
    line.reporting_period_id,
    line.unit_id,
    line.line_unit_id,
    case when line.unit_id <> line.line_unit_id then units.valid_to end as ended_on
from line
inner join units on line.unit_id = units.unit_id
where
    line.valid_to is null
    or line.data_to < line.valid_to
