-- The amounts of a year, up to any period, are the cumulative of that period: line by line, restatements and gaps included.
-- A line that some amount is unknown of cannot add up, and a new unit's line goes on from those that became it.
with

amounts as (
    select * from {{ ref('fct_discrete_amount') }}
),

periods as (
    select * from {{ ref('dim_reporting_period') }}
),

lines as (
    select * from {{ ref('int_unit_line') }}
),

-- what had come by the period, in the place itself and in those that became it
added as (
    select
        amounts.mart,
        amounts.measure,
        amounts.reporting_period_id,
        amounts.unit_id,
        amounts.reporting_unit_id,
        amounts.row_key,
        amounts.cumulative_value,
        sum(earlier.discrete_value) as discrete_value,
        max(case when earlier.discrete_value is null then 1 else 0 end) as has_unknown
    from amounts
    inner join periods on amounts.reporting_period_id = periods.reporting_period_id
    inner join amounts as earlier
        on
            amounts.mart = earlier.mart
            and amounts.measure = earlier.measure
            and amounts.row_key = earlier.row_key
    inner join periods as periods_before
        on
            earlier.reporting_period_id = periods_before.reporting_period_id
            and periods.year = periods_before.year
            and periods.data_to >= periods_before.data_to
    left join lines
        on
            amounts.reporting_period_id = lines.reporting_period_id
            and earlier.unit_id = lines.unit_id
    where
        coalesce(amounts.unit_id, amounts.reporting_unit_id)
        = case when earlier.unit_id is null then earlier.reporting_unit_id else lines.line_unit_id end
    group by
        amounts.mart, amounts.measure, amounts.reporting_period_id, amounts.unit_id, amounts.reporting_unit_id,
        amounts.row_key, amounts.cumulative_value
)

select *
from added
where
    has_unknown = 0
    and discrete_value <> cumulative_value
