with

source as (
    select * from {{ source('reference', 'reporting_periods') }}
)

select
    cast(source.reporting_period_id as string) as reporting_period_id,
    cast(source.period_type as string) as period_type,
    cast(source.year as int) as year,
    cast(source.stage as string) as stage,
    cast(source.label_vi as string) as label_vi,
    cast(source.label_en as string) as label_en,
    cast(source.data_from as date) as data_from,
    cast(source.data_to as date) as data_to,
    cast(source.discrete_from as date) as discrete_from,
    cast(source.opens_on as date) as opens_on,
    cast(source.due_date as date) as due_date,
    cast(source.previous_period_id as string) as previous_period_id,
    cast(source.same_period_last_year_id as string) as same_period_last_year_id,
    cast(source.sort_order as int) as sort_order,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
