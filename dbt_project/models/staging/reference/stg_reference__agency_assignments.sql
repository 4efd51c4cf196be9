with

source as (
    select * from {{ source('reference', 'agency_assignments') }}
)

select
    cast(source.set_code as string) as set_code,
    cast(source.indicator_no as string) as indicator_no,
    cast(source.province_code as string) as province_code,
    cast(source.agency_code as string) as agency_code,
    cast(source.valid_from as date) as valid_from,
    cast(source.valid_to as date) as valid_to,
    cast(source.decision_no as string) as decision_no,
    cast(source.confidence as string) as confidence
from source
