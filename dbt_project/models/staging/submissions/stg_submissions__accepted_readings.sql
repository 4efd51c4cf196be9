{{ config(materialized = 'table') }}

with

judged as (
    select * from {{ ref('stg_submissions__judged') }}
),

-- one reading of a parser counts, also where two machines committed it
readings as (
    select
        committed.*,
        row_number() over (
            partition by committed.submission_id, committed.parse_id
            order by committed.read_at desc, committed.run_id desc
        ) as recency
    from {{ ref('stg_ledger__readings') }} as committed
)

select
    readings.submission_id,
    readings.parse_id,
    readings.run_id,
    judged.judgement_id,
    judged.status,
    readings.reporting_unit_id,
    readings.reporting_period_id,
    judged.received_at,
    judged.known_from
from readings
inner join judged
    on
        readings.submission_id = judged.submission_id
        and readings.parse_id = judged.parse_id
where
    judged.is_accepted
    and readings.recency = 1
