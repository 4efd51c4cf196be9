with

source as (
    select * from {{ source('reference', 'overlap_exceptions') }}
)

select
    cast(source.exception_id as string) as exception_id,
    cast(source.province_code as string) as province_code,
    cast(source.first_project_code as string) as first_project_code,
    cast(source.second_project_code as string) as second_project_code,
    cast(source.reason_vi as string) as reason_vi,
    cast(source.decision_no as string) as decision_no,
    cast(source.decision_date as date) as decision_date,
    cast(source.valid_from as date) as valid_from,
    cast(source.valid_to as date) as valid_to,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
