-- Succession in reference data leaves nothing behind: every end has a heir, every heir is there on the day, shares are whole.
with

units as (
    select * from {{ ref('stg_reference__administrative_units') }}
),

successions as (
    select * from {{ ref('stg_reference__unit_succession') }}
)

select
    successions.predecessor_unit_id as unit_id,
    'unknown unit, or one that is not there on the day' as fault
from successions
left join units as predecessors
    on
        successions.predecessor_unit_id = predecessors.unit_id
        and predecessors.valid_from < successions.effective_date
        and (predecessors.valid_to is null or predecessors.valid_to >= successions.effective_date)
left join units as successors
    on
        successions.successor_unit_id = successors.unit_id
        and successors.valid_from <= successions.effective_date
        and (successors.valid_to is null or successors.valid_to > successions.effective_date)
where
    predecessors.unit_id is null
    or successors.unit_id is null
union all
select
    successions.predecessor_unit_id as unit_id,
    'goes on, and yet is said to have gone into another one wholly' as fault
from successions
inner join units on successions.predecessor_unit_id = units.unit_id
where
    successions.kind not in ('boundary', 'split')
    and (units.valid_to is null or units.valid_to <> successions.effective_date)
union all
-- a district has no heir of its own since districts ended: its communes have theirs
select
    units.unit_id,
    'has ended without a successor' as fault
from units
left join successions
    on
        units.unit_id = successions.predecessor_unit_id
        and units.valid_to = successions.effective_date
        and successions.kind <> 'boundary'
where
    units.valid_to is not null
    and units.level <> 'district'
    and successions.successor_unit_id is null
union all
select
    units.unit_id,
    'began without a predecessor' as fault
from units
left join successions
    on
        units.unit_id = successions.successor_unit_id
        and units.valid_from = successions.effective_date
        and successions.kind <> 'boundary'
where
    units.valid_from > (select min(first_units.valid_from) from units as first_units)
    and successions.predecessor_unit_id is null
union all
select
    predecessor_unit_id as unit_id,
    'shares of what is merged, kept, renamed or split do not make a whole' as fault
from successions
where kind <> 'boundary'
group by
    predecessor_unit_id,
    effective_date
having
    (count(share) = count(*) and sum(share) <> 1)
    or (count(share) < count(*) and coalesce(sum(share), 0) >= 1)
    or (count(*) = 1 and count(share) = 0)
    or sum(case when is_default then 1 else 0 end) <> 1
