with

provinces as (
    select distinct
        reporting_period_id,
        period_year,
        data_to,
        province_code
    from {{ ref('int_unit_on_closing_day') }}
),

regions as (
    select * from {{ ref('stg_reference__provinces_regions') }}
),

thresholds as (
    select * from {{ ref('stg_reference__indicator_thresholds') }}
),

-- as thresholds in force; of a set that does not judge the year, those of the nearest year before, else after it
ranked as (
    select
        provinces.reporting_period_id,
        provinces.province_code,
        thresholds.*,
        row_number() over (
            partition by
                provinces.reporting_period_id,
                provinces.province_code,
                thresholds.set_code,
                thresholds.indicator_no,
                thresholds.part_code
            order by
                case thresholds.scope_kind when 'province' then 1 when 'region' then 2 else 3 end,
                case
                    when thresholds.threshold_year <= provinces.period_year then 1
                    when thresholds.threshold_year is null then 2
                    else 3
                end,
                abs(thresholds.threshold_year - provinces.period_year)
        ) as precedence
    from provinces
    left join regions
        on
            provinces.province_code = regions.province_code
            and regions.valid_from <= provinces.data_to
            and (regions.valid_to is null or provinces.data_to < regions.valid_to)
    inner join thresholds
        on
            thresholds.scope_kind = 'common'
            or (thresholds.scope_kind = 'region' and thresholds.scope_code = regions.region_code)
            or (thresholds.scope_kind = 'province' and thresholds.scope_code = provinces.province_code)
)

select
    reporting_period_id,
    province_code,
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
