with

targets as (
    {{ current_rows('fct_target__history') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

latest_results as (
    select
        results.*,
        row_number() over (
            partition by results.judgement_id, results.row_id order by periods.data_to desc
        ) as recency
    from {{ ref('fct_target_result') }} as results
    inner join periods on results.result_period_id = periods.reporting_period_id
),

-- a later report may set the same target anew (of a stage, above all): the latest one is in force
ranked as (
    select
        targets.*,
        periods.year as report_year,
        row_number() over (
            partition by
                targets.unit_id,
                targets.area_code,
                targets.measure_code,
                targets.horizon_code,
                targets.plan_year,
                targets.owner_code
            order by periods.data_to desc, targets.known_at desc, targets.submission_id, targets.row_id
        ) as recency
    from targets
    inner join periods on targets.reporting_period_id = periods.reporting_period_id
)

select
    {{ lineage('ranked') }},
    ranked.unit_id,
    ranked.measure_code,
    ranked.area_code,
    ranked.horizon_code,
    ranked.plan_year,
    ranked.target_value,
    ranked.owner_code,
    ranked.is_priority,
    ranked.content,
    ranked.document_no,
    ranked.decided_on,
    ranked.recency = 1 as is_in_force,
    ranked.plan_year > ranked.report_year as is_set_in_time,
    latest_results.result_period_id,
    latest_results.result_part,
    latest_results.result_whole,
    latest_results.is_reached,
    ranked.explanation
from ranked
left join latest_results
    on
        ranked.judgement_id = latest_results.judgement_id
        and ranked.row_id = latest_results.row_id
        and latest_results.recency = 1
