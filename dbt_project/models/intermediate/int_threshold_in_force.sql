with

thresholds as (
    select * from {{ ref('stg_reference__indicator_thresholds') }}
),

regions as (
    select distinct
        reporting_period_id,
        period_year,
        province_code,
        judging_kind,
        judging_code,
        is_override,
        criteria_set_code
    from {{ ref('int_judging_scope') }}
),

-- the nearest scope decides, then the year: a threshold of the year before one of every year
ranked as (
    select
        regions.reporting_period_id,
        regions.province_code,
        regions.judging_code,
        regions.is_override,
        regions.criteria_set_code,
        thresholds.indicator_no,
        thresholds.part_code,
        thresholds.scope_kind,
        thresholds.threshold_year,
        thresholds.threshold_value,
        thresholds.threshold_text,
        thresholds.small_denominator_max,
        thresholds.small_denominator_value,
        thresholds.confidence,
        row_number() over (
            partition by
                regions.reporting_period_id,
                regions.province_code,
                regions.judging_code,
                regions.criteria_set_code,
                thresholds.indicator_no,
                thresholds.part_code
            order by
                {{ threshold_scope_rank('thresholds', 'regions') }},
                thresholds.threshold_year nulls last
        ) as precedence
    from regions
    inner join thresholds
        on
            regions.criteria_set_code = thresholds.set_code
            and (thresholds.threshold_year is null or thresholds.threshold_year = regions.period_year)
            and ({{ threshold_applies('thresholds', 'regions') }})
)

select
    reporting_period_id,
    province_code,
    judging_code,
    is_override,
    criteria_set_code,
    indicator_no,
    part_code,
    scope_kind,
    threshold_year,
    threshold_value,
    threshold_text,
    small_denominator_max,
    small_denominator_value,
    confidence
from ranked
where precedence = 1
