with

source as (
    select * from {{ source('reference', 'expected_submissions') }}
)

select
    cast(source.reporting_period_id as string) as reporting_period_id,
    cast(source.period_type as string) as period_type,
    cast(source.reporting_unit_id as string) as reporting_unit_id,
    cast(source.unit_id as string) as unit_id,
    cast(source.unit_kind as string) as unit_kind,
    cast(source.form as string) as form,
    cast(source.form_order as int) as form_order,
    cast(source.opens_on as date) as opens_on,
    cast(source.due_date as date) as due_date
from source
