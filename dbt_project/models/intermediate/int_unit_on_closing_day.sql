with

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

units as (
    select * from {{ ref('stg_reference__administrative_units') }}
),

successions as (
    select * from {{ ref('stg_reference__unit_succession') }}
),

reporting_units as (
    select * from {{ ref('stg_reference__reporting_units') }}
),

-- the office's province and the provinces that it became part of
provinces as (
    select {{ office_province() }} as province_code
    union
    select successors.unit_code as province_code
    from successions
    inner join units as predecessors on successions.predecessor_unit_id = predecessors.unit_id
    inner join units as successors on successions.successor_unit_id = successors.unit_id
    where
        predecessors.level = 'province'
        and predecessors.unit_code = {{ office_province() }}
        and successors.level = 'province'
),

-- units of the office: those of its province, and those that they became in another one
office_units as (
    select units.unit_id
    from units
    where units.province_code = {{ office_province() }}
    union
    select successions.successor_unit_id as unit_id
    from successions
    inner join units on successions.predecessor_unit_id = units.unit_id
    where
        units.province_code = {{ office_province() }}
        and units.level <> 'province'
),

valid as (
    select
        periods.reporting_period_id,
        periods.year as period_year,
        periods.stage as stage_code,
        periods.data_to,
        units.unit_id,
        units.unit_code,
        units.level as unit_level,
        units.unit_type,
        units.province_code,
        units.parent_unit_id,
        units.level = 'commune' and units.unit_type = 'xa' as is_rural_commune,
        office_units.unit_id is not null as is_of_office
    from periods
    inner join units
        on
            units.valid_from <= periods.data_to
            and (units.valid_to is null or periods.data_to < units.valid_to)
    inner join provinces on units.province_code = provinces.province_code
    left join office_units on units.unit_id = office_units.unit_id
),

-- a district reports for its communes, a commune without a district for itself
reported as (
    select
        valid.reporting_period_id,
        valid.unit_id,
        reporting_units.reporting_unit_id,
        row_number() over (
            partition by valid.reporting_period_id, valid.unit_id
            order by case when reporting_units.unit_id = valid.unit_id then 1 else 2 end
        ) as nearness
    from valid
    inner join reporting_units
        on
            reporting_units.unit_id in (valid.unit_id, valid.parent_unit_id)
            and reporting_units.valid_from <= valid.data_to
            and (reporting_units.valid_to is null or valid.data_to < reporting_units.valid_to)
)

select
    valid.reporting_period_id,
    valid.period_year,
    valid.stage_code,
    valid.data_to,
    valid.unit_id,
    valid.unit_code,
    valid.unit_level,
    valid.unit_type,
    valid.province_code,
    valid.parent_unit_id,
    valid.is_rural_commune,
    valid.is_of_office,
    reported.reporting_unit_id
from valid
left join reported
    on
        valid.reporting_period_id = reported.reporting_period_id
        and valid.unit_id = reported.unit_id
        and reported.nearness = 1
