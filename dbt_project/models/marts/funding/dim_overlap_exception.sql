with

exceptions as (
    select * from {{ ref('stg_reference__overlap_exceptions') }}
)

select
    exceptions.exception_id,
    exceptions.province_code,
    exceptions.first_project_code,
    exceptions.second_project_code,
    exceptions.reason_vi,
    exceptions.decision_no,
    exceptions.decision_date,
    exceptions.valid_from,
    exceptions.valid_to,
    exceptions.confidence,
    exceptions.source
from exceptions
