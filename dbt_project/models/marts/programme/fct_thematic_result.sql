with

results as (
    {{ current_rows('fct_thematic_result__history') }}
),

indicators as (
    select * from {{ ref('stg_reference__thematic_indicators') }}
)

select
    {{ lineage('results') }},
    results.unit_id,
    indicators.programme_code,
    results.indicator_code,
    indicators.measure_kind,
    results.planned_value,
    results.value,
    results.base_value,
    results.expired_count,
    results.next_expiry_on,
    results.beneficiary_count,
    results.planned_vnd,
    results.assigned_vnd,
    results.disbursed_vnd,
    results.explanation
from results
left join indicators on results.indicator_code = indicators.indicator_code
