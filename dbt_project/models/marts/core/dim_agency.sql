with

agencies as (
    select * from {{ ref('stg_reference__agencies') }}
)

select
    agencies.agency_code,
    agencies.name_vi,
    agencies.agency_kind,
    agencies.level,
    agencies.province_code,
    agencies.valid_from,
    agencies.valid_to,
    agencies.successor_code,
    agencies.confidence,
    agencies.source
from agencies
