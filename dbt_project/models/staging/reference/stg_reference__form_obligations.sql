with

source as (
    select * from {{ source('reference', 'form_obligations') }}
)

select
    cast(source.form as string) as form,
    cast(source.form_order as int) as form_order,
    cast(source.title_vi as string) as title_vi,
    cast(source.period_type as string) as period_type,
    cast(source.unit_kind as string) as unit_kind,
    cast(source.nil_allowed as boolean) as nil_allowed
from source
