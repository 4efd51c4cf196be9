with recursive

units as (
    select * from {{ ref('stg_reference__administrative_units') }}
),

successions as (
    select * from {{ ref('stg_reference__unit_succession') }}
),

-- units of the office's province, and whatever they became in whichever province
forward as (
    select units.unit_id
    from units
    where units.province_code = {{ office_province() }}
    union
    select successions.successor_unit_id as unit_id
    from successions
    inner join forward on successions.predecessor_unit_id = forward.unit_id
),

-- and what else went into these
backward as (
    select forward.unit_id
    from forward
    union
    select successions.predecessor_unit_id as unit_id
    from successions
    inner join backward on successions.successor_unit_id = backward.unit_id
)

select
    backward.unit_id,
    forward.unit_id is not null as is_of_office
from backward
left join forward on backward.unit_id = forward.unit_id
