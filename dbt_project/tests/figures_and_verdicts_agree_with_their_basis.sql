-- A distance stands exactly where a figure decides, and its sign is the verdict; without a basis there is no verdict.
select
    submission_id,
    row_id
from {{ ref('fct_indicator_result') }}
where
    (computed_basis = 'figure') <> (distance is not null)
    or (computed_basis = 'figure' and (distance >= 0) <> (computed_verdict = 'D'))
    or (computed_basis in ('no_value', 'no_threshold') and computed_verdict is not null)
