with

asked as (
    select * from {{ ref('int_condition_asked') }}
),

measured as (
    select * from {{ ref('int_condition_value') }}
)

select
    asked.reporting_period_id,
    asked.reporting_unit_id,
    asked.unit_id,
    asked.unit_level as subject_level,
    asked.title_code,
    asked.criteria_set_code,
    asked.condition_code,
    asked.kind,
    measured.numerator,
    measured.denominator,
    measured.value,
    measured.reported_value,
    asked.required_from,
    asked.required_below,
    cast(
        case asked.operator
            when '>=' then measured.value - asked.required_from
            when '=' then -abs(measured.value - asked.required_from)
        end as decimal(24, 6)
    ) as distance,
    measured.is_applicable,
    case
        when measured.value is null then null
        when asked.operator = '>=' then measured.value >= asked.required_from and measured.is_qualified
        when asked.operator = '=' then measured.value = asked.required_from
        when asked.operator = 'between'
            then
                measured.value >= asked.required_from
                and measured.value < asked.required_below
                and measured.is_qualified
    end as is_met,
    asked.confidence
from asked
inner join measured
    on
        asked.reporting_period_id = measured.reporting_period_id
        and asked.unit_id = measured.unit_id
        and asked.title_code = measured.title_code
        and asked.condition_code = measured.condition_code
