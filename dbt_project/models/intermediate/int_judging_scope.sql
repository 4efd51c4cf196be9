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

commune_groups as (
    select * from {{ ref('stg_reference__commune_groups') }}
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
),

scoped as (
    select
        units.reporting_period_id,
        units.period_year,
        units.unit_id,
        units.province_code,
        criteria_sets.set_code as criteria_set_code,
        criteria_sets.judged_by as judging_kind,
        overridden.region_code as other_region_code,
        case criteria_sets.judged_by when 'group' then commune_groups.group_code else regions.region_code end as own_code
    from units
    cross join criteria_sets
    left join regions
        on
            units.province_code = regions.province_code
            and regions.valid_from <= units.data_to
            and (regions.valid_to is null or units.data_to < regions.valid_to)
    left join commune_groups
        on
            units.unit_id = commune_groups.unit_id
            and commune_groups.valid_from <= units.data_to
            and (commune_groups.valid_to is null or units.data_to < commune_groups.valid_to)
    left join overridden
        on
            units.reporting_period_id = overridden.reporting_period_id
            and units.unit_id = overridden.unit_id
            and criteria_sets.set_code = overridden.set_code
)

-- a province of no known region, or a commune of no known group, still has its province's thresholds and the common ones
select
    reporting_period_id,
    period_year,
    unit_id,
    criteria_set_code,
    province_code,
    judging_kind,
    coalesce(other_region_code, own_code, 'unknown') as judging_code,
    coalesce(other_region_code <> coalesce(own_code, 'unknown'), false) as is_override
from scoped
