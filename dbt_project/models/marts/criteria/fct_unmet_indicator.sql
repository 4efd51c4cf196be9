with

results as (
    select
        *,
        coalesce(computed_verdict, declared_verdict) as judged_verdict
    from {{ ref('fct_indicator_result') }}
    where
        is_deciding
        and coalesce(computed_verdict, declared_verdict) is not null
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

agencies as (
    select * from {{ ref('int_agency_in_charge') }}
),

-- an indicator is not met when one of its parts is not
indicators as (
    select
        results.reporting_period_id,
        periods.data_to,
        results.unit_id,
        results.criteria_set_code,
        results.indicator_no,
        max(case when results.judged_verdict = 'CD' then 1 else 0 end) = 1 as is_unmet
    from results
    inner join periods on results.reporting_period_id = periods.reporting_period_id
    group by
        results.reporting_period_id,
        periods.data_to,
        results.unit_id,
        results.criteria_set_code,
        results.indicator_no
),

-- from one report to the next: a period without a report neither ends a run nor begins one
runs as (
    select
        indicators.*,
        sum(case when indicators.is_unmet then 0 else 1 end) over (
            partition by indicators.unit_id, indicators.criteria_set_code, indicators.indicator_no
            order by indicators.data_to
            rows between unbounded preceding and current row
        ) as run_no
    from indicators
),

dated as (
    select
        runs.*,
        first_value(runs.reporting_period_id) over run as since_period_id,
        first_value(runs.data_to) over run as since_date
    from runs
    where runs.is_unmet
    window run as (
        partition by runs.unit_id, runs.criteria_set_code, runs.indicator_no, runs.run_no
        order by runs.data_to
    )
),

-- of several parts not met, the one that is farthest from its threshold speaks
worst_parts as (
    select
        results.*,
        row_number() over (
            partition by
                results.reporting_period_id,
                results.unit_id,
                results.criteria_set_code,
                results.indicator_no
            order by results.distance nulls last, results.part_code
        ) as badness
    from results
    where results.judged_verdict = 'CD'
)

select
    {{ lineage('worst_parts') }},
    dated.unit_id,
    worst_parts.subject_level,
    dated.criteria_set_code,
    worst_parts.criterion_no,
    dated.indicator_no,
    worst_parts.part_code,
    agencies.agency_code,
    agencies.is_assigned,
    worst_parts.value,
    worst_parts.threshold_value,
    worst_parts.threshold_confidence,
    worst_parts.distance,
    worst_parts.computed_basis,
    dated.since_period_id,
    dated.since_date,
    cast({{ days_apart('dated.since_date', 'dated.data_to') }} as int) as unmet_days
from dated
inner join worst_parts
    on
        dated.reporting_period_id = worst_parts.reporting_period_id
        and dated.unit_id = worst_parts.unit_id
        and dated.criteria_set_code = worst_parts.criteria_set_code
        and dated.indicator_no = worst_parts.indicator_no
        and worst_parts.badness = 1
inner join units
    on
        dated.reporting_period_id = units.reporting_period_id
        and dated.unit_id = units.unit_id
left join agencies
    on
        dated.reporting_period_id = agencies.reporting_period_id
        and units.province_code = agencies.province_code
        and dated.criteria_set_code = agencies.criteria_set_code
        and dated.indicator_no = agencies.indicator_no
