with

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

regions as (
    select * from {{ ref('stg_reference__provinces_regions') }}
),

thresholds as (
    select * from {{ ref('stg_reference__indicator_thresholds') }}
),

provinces as (
    select distinct
        reporting_period_id,
        period_year,
        data_to,
        province_code
    from units
),

-- the nearest scope decides, then the year: province, region, common; a threshold of the year before one of every year
ranked as (
    select
        provinces.reporting_period_id,
        provinces.province_code,
        thresholds.set_code as criteria_set_code,
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
                provinces.reporting_period_id,
                provinces.province_code,
                thresholds.set_code,
                thresholds.indicator_no,
                thresholds.part_code
            order by
                case thresholds.scope_kind when 'province' then 1 when 'region' then 2 else 3 end,
                thresholds.threshold_year nulls last
        ) as precedence
    from provinces
    left join regions
        on
            provinces.province_code = regions.province_code
            and regions.valid_from <= provinces.data_to
            and (regions.valid_to is null or provinces.data_to < regions.valid_to)
    inner join thresholds
        on
            (thresholds.threshold_year is null or thresholds.threshold_year = provinces.period_year)
            and (
                thresholds.scope_kind = 'common'
                or (thresholds.scope_kind = 'region' and thresholds.scope_code = regions.region_code)
                or (thresholds.scope_kind = 'province' and thresholds.scope_code = provinces.province_code)
            )
)

select
    reporting_period_id,
    province_code,
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
