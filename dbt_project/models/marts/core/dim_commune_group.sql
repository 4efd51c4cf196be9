with

commune_groups as (
    select * from {{ ref('stg_reference__commune_groups') }}
)

select
    commune_groups.unit_id,
    commune_groups.group_code,
    commune_groups.valid_from,
    commune_groups.valid_to,
    commune_groups.decision,
    commune_groups.confidence,
    commune_groups.source
from commune_groups
