with

amounts as (
    select * from {{ ref('int_cumulative_amount') }}
),

{{ discrete_amounts('amounts') }}

select
    discrete.mart,
    discrete.measure,
    {{ lineage('discrete') }},
    discrete.unit_id,
    discrete.row_key,
    discrete.within_values,
    discrete.before_period_id,
    discrete.runs_from,
    discrete.runs_to,
    discrete.period_count,
    discrete.cumulative_value,
    discrete.value_before,
    discrete.discrete_value,
    discrete.state,
    discrete.gap_reason,
    discrete.is_vanished
from discrete
