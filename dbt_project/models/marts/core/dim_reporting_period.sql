with

reporting_periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
)

select
    reporting_periods.reporting_period_id,
    reporting_periods.period_type,
    reporting_periods.year,
    reporting_periods.stage,
    reporting_periods.label_vi,
    reporting_periods.label_en,
    reporting_periods.data_from,
    reporting_periods.data_to,
    reporting_periods.discrete_from,
    reporting_periods.opens_on,
    reporting_periods.due_date,
    reporting_periods.previous_period_id,
    reporting_periods.same_period_last_year_id,
    reporting_periods.sort_order,
    reporting_periods.confidence,
    reporting_periods.source
from reporting_periods
