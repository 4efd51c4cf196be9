with

agency_assignments as (
    select * from {{ ref('stg_reference__agency_assignments') }}
)

select
    agency_assignments.set_code,
    agency_assignments.indicator_no,
    agency_assignments.province_code,
    agency_assignments.agency_code,
    agency_assignments.valid_from,
    agency_assignments.valid_to,
    agency_assignments.decision_no,
    agency_assignments.confidence
from agency_assignments
