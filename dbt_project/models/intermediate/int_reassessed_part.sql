with

results as (
    select * from {{ ref('fct_indicator_result') }}
    where subject_level = 'commune'
),

equivalents as (
    select * from {{ ref('stg_reference__indicator_equivalents') }}
),

parts as (
    select * from {{ ref('stg_reference__indicator_parts') }}
),

thresholds as (
    select * from {{ ref('int_threshold_nearest') }}
),

regions as (
    select * from {{ ref('int_judging_scope') }}
),

-- what was reported on the set itself goes before what was reported on another one
candidates as (
    select
        results.*,
        results.criteria_set_code as judging_set_code,
        results.indicator_no as judged_indicator_no,
        results.part_code as judged_part_code,
        0 as remoteness
    from results
    union all
    select
        results.*,
        equivalents.set_code as judging_set_code,
        equivalents.indicator_no as judged_indicator_no,
        equivalents.part_code as judged_part_code,
        1 as remoteness
    from results
    inner join equivalents
        on
            results.criteria_set_code = equivalents.from_set_code
            and results.indicator_no = equivalents.from_indicator_no
            and results.part_code = equivalents.from_part_code
),

ranked as (
    select
        candidates.*,
        row_number() over (
            partition by
                candidates.reporting_period_id,
                candidates.unit_id,
                candidates.judging_set_code,
                candidates.judged_indicator_no,
                candidates.judged_part_code
            order by candidates.remoteness, candidates.criteria_set_code desc
        ) as precedence
    from candidates
),

compared as (
    select
        ranked.reporting_period_id,
        ranked.reporting_unit_id,
        ranked.unit_id,
        ranked.judging_set_code,
        ranked.judged_indicator_no,
        ranked.judged_part_code,
        ranked.remoteness,
        ranked.declared_verdict,
        ranked.value,
        parts.value_kind,
        parts.direction,
        case
            when ranked.denominator <= thresholds.small_denominator_max then thresholds.small_denominator_value
            else thresholds.threshold_value
        end as threshold_value
    from ranked
    inner join parts
        on
            ranked.judging_set_code = parts.set_code
            and ranked.judged_indicator_no = parts.indicator_no
            and ranked.judged_part_code = parts.part_code
    inner join regions
        on
            ranked.reporting_period_id = regions.reporting_period_id
            and ranked.unit_id = regions.unit_id
            and ranked.judging_set_code = regions.criteria_set_code
    left join thresholds
        on
            ranked.reporting_period_id = thresholds.reporting_period_id
            and regions.province_code = thresholds.province_code
            and regions.judging_code = thresholds.judging_code
            and ranked.judging_set_code = thresholds.criteria_set_code
            and ranked.judged_indicator_no = thresholds.indicator_no
            and ranked.judged_part_code = thresholds.part_code
    where
        ranked.precedence = 1
        and parts.decides_verdict
)

-- yes-or-no parts and levels have the declared verdict only; a figure without a threshold says nothing
select
    compared.reporting_period_id,
    compared.reporting_unit_id,
    compared.unit_id,
    compared.judging_set_code as criteria_set_code,
    compared.judged_indicator_no as indicator_no,
    compared.judged_part_code as part_code,
    compared.remoteness = 0 as is_reported,
    compared.value,
    compared.threshold_value,
    case
        when compared.declared_verdict = 'KAD' or compared.value_kind in ('bool', 'level')
            then compared.declared_verdict
        when compared.value is null or compared.threshold_value is null then null
        when compared.direction = '>=' and compared.value >= compared.threshold_value then 'D'
        when compared.direction = '<=' and compared.value <= compared.threshold_value then 'D'
        when compared.direction = '=' and compared.value = compared.threshold_value then 'D'
        else 'CD'
    end as verdict
from compared
