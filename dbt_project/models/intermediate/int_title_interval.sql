with

recognitions as (
    select * from {{ ref('fct_recognition') }}
),

successions as (
    select * from {{ ref('stg_reference__unit_succession') }}
),

-- a unit that only changed its code or name is the same unit; a merged one is not
events as (
    select
        recognitions.unit_id,
        recognitions.title_code,
        recognitions.act_code = 'withdrawal' as is_withdrawal,
        recognitions.decision_date
    from recognitions
    where recognitions.decision_date is not null
    union
    select
        successions.successor_unit_id as unit_id,
        recognitions.title_code,
        recognitions.act_code = 'withdrawal' as is_withdrawal,
        recognitions.decision_date
    from recognitions
    inner join successions on recognitions.unit_id = successions.predecessor_unit_id
    where
        recognitions.decision_date is not null
        and successions.kind in ('keep', 'rename')
)

select
    unit_id,
    title_code,
    not is_withdrawal as is_held,
    decision_date as valid_from,
    lead(decision_date) over (
        partition by unit_id, title_code
        order by decision_date, is_withdrawal
    ) as valid_to
from events
