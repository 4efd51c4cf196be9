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

-- as thresholds in force; of a set that does not judge the year, those of the nearest year before, else after it
ranked as (
    select
        regions.reporting_period_id,
        regions.province_code,
        regions.judging_code,
        thresholds.*,
        row_number() over (
            partition by
                regions.reporting_period_id,
                regions.province_code,
                regions.judging_code,
                thresholds.set_code,
                thresholds.indicator_no,
                thresholds.part_code
            order by
                {{ threshold_scope_rank('thresholds', 'regions') }},
                case
                    when thresholds.threshold_year <= regions.period_year then 1
                    when thresholds.threshold_year is null then 2
                    else 3
                end,
                abs(thresholds.threshold_year - regions.period_year)
        ) as precedence
    from regions
    inner join thresholds
        on
            regions.criteria_set_code = thresholds.set_code
            and ({{ threshold_applies('thresholds', 'regions') }})
)

select
    reporting_period_id,
    province_code,
    judging_code,
    set_code as criteria_set_code,
    indicator_no,
    part_code,
    threshold_year,
    threshold_value,
    small_denominator_max,
    small_denominator_value,
    confidence
from ranked
where precedence = 1
