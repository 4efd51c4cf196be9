with

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

criteria_sets as (
    select * from {{ ref('stg_reference__criteria_sets') }}
),

regions as (
    select * from {{ ref('stg_reference__provinces_regions') }}
),

attributes as (
    select * from {{ ref('stg_reference__commune_attributes') }}
),

overrides as (
    select * from {{ ref('stg_reference__threshold_overrides') }}
),

-- an attribute in force on the closing day has a commune judged on another region
overridden as (
    select
        units.reporting_period_id,
        units.unit_id,
        overrides.set_code,
        min(overrides.region_code) as region_code
    from units
    inner join attributes
        on
            units.unit_code = attributes.unit_code
            and attributes.valid_from <= units.data_to
            and (attributes.valid_to is null or units.data_to < attributes.valid_to)
    inner join overrides on attributes.attribute_code = overrides.attribute_code
    where units.unit_level = 'commune'
    group by
        units.reporting_period_id,
        units.unit_id,
        overrides.set_code
)

-- a province of no known region still has its own thresholds and the common ones
select
    units.reporting_period_id,
    units.period_year,
    units.unit_id,
    criteria_sets.set_code as criteria_set_code,
    units.province_code,
    coalesce(overridden.region_code, regions.region_code, 'unknown') as region_code,
    coalesce(overridden.region_code <> coalesce(regions.region_code, 'unknown'), false) as is_override
from units
cross join criteria_sets
left join regions
    on
        units.province_code = regions.province_code
        and regions.valid_from <= units.data_to
        and (regions.valid_to is null or units.data_to < regions.valid_to)
left join overridden
    on
        units.reporting_period_id = overridden.reporting_period_id
        and units.unit_id = overridden.unit_id
        and criteria_sets.set_code = overridden.set_code
