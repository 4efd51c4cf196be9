with

attributes as (
    select * from {{ ref('stg_reference__commune_attributes') }}
)

select
    attributes.unit_code,
    attributes.attribute_code,
    attributes.valid_from,
    attributes.valid_to,
    attributes.decision,
    attributes.confidence,
    attributes.source
from attributes
