with

status_bands as (
    select * from {{ ref('stg_reference__status_bands') }}
)

select
    status_bands.set_code,
    status_bands.band_code,
    status_bands.label_vi,
    status_bands.criteria_from,
    status_bands.criteria_to,
    status_bands.sort_order
from status_bands
