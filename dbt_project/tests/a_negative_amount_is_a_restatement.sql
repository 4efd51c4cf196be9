-- A fall is told as a restatement, an unknown amount as unknown, and only an amount after a gap covers several periods.
select
    mart,
    measure,
    reporting_period_id,
    unit_id,
    row_key
from {{ ref('fct_discrete_amount') }}
where
    coalesce(discrete_value < 0, false) <> (state = 'restated')
    or (discrete_value is null) <> (state = 'unknown')
    or (state = 'after_gap' and period_count = 1)
    or (state in ('consecutive', 'first_of_year') and period_count > 1)
    or (period_count > 1 and gap_reason is null)
