-- met_since_period_id stands exactly where the mark is met, and what is met is not lost.
select
    submission_id,
    row_id
from {{ ref('fct_criterion_status') }}
where
    coalesce(declared_mark in ('D', 'KAD'), false) <> (met_since_period_id is not null)
    or (is_lost and (met_since_period_id is not null or previous_period_id is null))
