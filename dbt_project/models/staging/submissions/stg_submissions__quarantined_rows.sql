with

findings as (
    select * from {{ ref('stg_submissions__findings') }}
)

select distinct
    judgement_id,
    submission_id,
    form,
    row_id
from findings
where
    severity = 'error'
    and row_id is not null
