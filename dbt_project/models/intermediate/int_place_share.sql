with

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
    where is_of_office
),

titles_on_day as (
    select * from {{ ref('int_title_on_closing_day') }}
),

titles as (
    select * from {{ ref('stg_reference__titles') }}
),

conditions as (
    select * from {{ ref('stg_reference__conditions') }}
    where metric = 'place_share'
),

-- a place counts in its district and in its province
places as (
    select
        units.reporting_period_id,
        units.parent_unit_id as area_unit_id,
        units.unit_id,
        units.unit_type
    from units
    union
    select
        units.reporting_period_id,
        provinces.unit_id as area_unit_id,
        units.unit_id,
        units.unit_type
    from units
    inner join units as provinces
        on
            units.reporting_period_id = provinces.reporting_period_id
            and units.province_code = provinces.unit_code
            and provinces.unit_level = 'province'
)

-- a title without the one it builds on is a finding, not a holder
select
    places.reporting_period_id,
    places.area_unit_id as unit_id,
    conditions.condition_code,
    count(*) as place_count,
    sum(
        case
            when conditions.kind = 'withdraw' then case when not held.is_held then 1 else 0 end
            when titles.base_title_code is not null and not coalesce(base_held.is_held, false) then 0
            when held.is_held then 1
            else 0
        end
    ) as holder_count
from places
inner join conditions on '|' || conditions.place_types || '|' like '%|' || places.unit_type || '|%'
inner join titles on conditions.place_title = titles.title_code
left join titles_on_day as held
    on
        places.reporting_period_id = held.reporting_period_id
        and places.unit_id = held.unit_id
        and conditions.place_title = held.title_code
left join titles_on_day as base_held
    on
        places.reporting_period_id = base_held.reporting_period_id
        and places.unit_id = base_held.unit_id
        and titles.base_title_code = base_held.title_code
group by
    places.reporting_period_id,
    places.area_unit_id,
    conditions.condition_code
