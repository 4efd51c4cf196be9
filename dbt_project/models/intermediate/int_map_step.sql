-- From every unit of a map to what it is on the map next to it, forward and back.
with

units as (
    select * from {{ ref('int_map_unit') }}
),

successions as (
    select * from {{ ref('stg_reference__unit_succession') }}
),

-- a change of boundary between two units that go on: how much passed over is not known
boundary_changes as (
    select
        effective_date,
        predecessor_unit_id as unit_id
    from successions
    where kind = 'boundary'
    union
    select
        effective_date,
        successor_unit_id as unit_id
    from successions
    where kind = 'boundary'
),

-- a unit that goes on stays itself, also where others were merged into it
edges as (
    select
        units.map_date,
        units.unit_id,
        units.unit_type,
        later.map_date as next_map_date,
        later.unit_id as next_unit_id,
        later.unit_type as next_unit_type,
        cast(null as decimal(18, 4)) as share
    from units
    inner join units as later
        on
            units.map_valid_to = later.map_date
            and units.unit_id = later.unit_id
    union all
    select
        units.map_date,
        units.unit_id,
        units.unit_type,
        later.map_date as next_map_date,
        later.unit_id as next_unit_id,
        later.unit_type as next_unit_type,
        successions.share
    from units
    inner join successions
        on
            units.map_valid_to = successions.effective_date
            and units.unit_id = successions.predecessor_unit_id
            and successions.kind <> 'boundary'
    inner join units as later
        on
            successions.effective_date = later.map_date
            and successions.successor_unit_id = later.unit_id
            and units.unit_id <> later.unit_id
),

counted as (
    select
        edges.*,
        count(*) over (partition by edges.map_date, edges.unit_id) as target_count,
        count(*) over (partition by edges.next_map_date, edges.next_unit_id) as source_count,
        edges.unit_type = edges.next_unit_type as is_same_type,
        boundary_changes.unit_id is not null as is_boundary_changed
    from edges
    left join boundary_changes
        on
            edges.next_map_date = boundary_changes.effective_date
            and edges.unit_id = boundary_changes.unit_id
)

select
    'forward' as direction,
    map_date as from_map_date,
    unit_id as from_unit_id,
    next_map_date as to_map_date,
    next_unit_id as to_unit_id,
    cast(case when target_count = 1 then 1 else share end as decimal(18, 4)) as share,
    target_count = 1 and source_count = 1 and is_same_type as is_same_unit,
    is_boundary_changed
from counted
union all
select
    'back' as direction,
    next_map_date as from_map_date,
    next_unit_id as from_unit_id,
    map_date as to_map_date,
    unit_id as to_unit_id,
    cast(case when source_count = 1 then 1 end as decimal(18, 4)) as share,
    target_count = 1 and source_count = 1 and is_same_type as is_same_unit,
    is_boundary_changed
from counted
