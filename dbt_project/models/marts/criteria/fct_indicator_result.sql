with

results as (
    {{ current_rows('fct_indicator_result__history') }}
),

regions as (
    select * from {{ ref('int_judging_scope') }}
),

thresholds as (
    select * from {{ ref('int_threshold_in_force') }}
),

indicators as (
    select * from {{ ref('stg_reference__indicators') }}
),

parts as (
    select * from {{ ref('stg_reference__indicator_parts') }}
),

compared as (
    select
        results.*,
        indicators.criterion_no,
        parts.value_kind,
        parts.direction,
        coalesce(parts.decides_verdict, false) as is_deciding,
        thresholds.confidence as threshold_confidence,
        case
            when results.denominator <= thresholds.small_denominator_max then thresholds.small_denominator_value
            else thresholds.threshold_value
        end as threshold_value
    from results
    left join regions
        on
            results.reporting_period_id = regions.reporting_period_id
            and results.unit_id = regions.unit_id
            and results.criteria_set_code = regions.criteria_set_code
    left join indicators
        on
            results.criteria_set_code = indicators.set_code
            and results.indicator_no = indicators.indicator_no
    left join parts
        on
            results.criteria_set_code = parts.set_code
            and results.indicator_no = parts.indicator_no
            and results.part_code = parts.part_code
    left join thresholds
        on
            results.reporting_period_id = thresholds.reporting_period_id
            and regions.province_code = thresholds.province_code
            and regions.judging_code = thresholds.judging_code
            and results.criteria_set_code = thresholds.criteria_set_code
            and results.indicator_no = thresholds.indicator_no
            and results.part_code = thresholds.part_code
),

-- what is yes or no, or a level named by a word, has no figure: the declared verdict is all there is
grounded as (
    select
        compared.*,
        case
            when compared.declared_verdict = 'KAD' or compared.value_kind in ('bool', 'level') then 'declared'
            when compared.value is null then 'no_value'
            when compared.threshold_value is null then 'no_threshold'
            else 'figure'
        end as computed_basis,
        case compared.direction
            when '>=' then compared.value - compared.threshold_value
            when '<=' then compared.threshold_value - compared.value
            when '=' then -abs(compared.value - compared.threshold_value)
        end as distance_to_threshold
    from compared
),

judged as (
    select
        grounded.*,
        case grounded.computed_basis
            when 'declared' then grounded.declared_verdict
            when 'figure' then case when grounded.distance_to_threshold >= 0 then 'D' when grounded.distance_to_threshold < 0 then 'CD' end
        end as computed_verdict
    from grounded
)

select
    {{ lineage('judged') }},
    judged.unit_id,
    judged.subject_level,
    judged.criteria_set_code,
    judged.criterion_no,
    judged.indicator_no,
    judged.part_code,
    judged.is_deciding,
    judged.data_year,
    judged.numerator,
    judged.denominator,
    judged.value,
    judged.declared_verdict,
    judged.computed_verdict,
    judged.computed_basis,
    judged.threshold_value,
    judged.threshold_confidence,
    cast(
        case when judged.computed_basis = 'figure' then judged.distance_to_threshold end as decimal(24, 6)
    ) as distance,
    judged.declared_verdict = judged.computed_verdict as is_agreed,
    judged.owner_name,
    judged.planned_date,
    judged.explanation
from judged
