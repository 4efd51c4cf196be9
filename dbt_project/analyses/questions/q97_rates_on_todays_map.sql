-- Câu hỏi 97. Tỷ lệ hộ nghèo, cận nghèo của xã, phường trên bản đồ mới nhất, tính lại từ các xã cũ, là bao nhiêu?
-- Question 97. What are the shares of poor and near-poor households by unit of the newest map, made of their parts?
-- Items: 2.16, 2.24
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: commune or ward of the newest map, from the latest profiles closed by D. A rate is divided from households
-- that are added up, never averaged; counted_count of the origin_count units that it is made of have given figures.
-- A unit that is part of several there has no line: its households are not divided.
with

newest_map as (
    select max(map_date) as map_date
    from marts.dim_map
),

asked_period as (
    select
        max_by(periods.reporting_period_id, periods.data_to) as reporting_period_id,
        max(periods.data_to) as data_to
    from marts.fct_commune_profile as profiles
    inner join marts.dim_reporting_period as periods on profiles.reporting_period_id = periods.reporting_period_id
    where periods.data_to <= $day::date
),

ways as (
    select
        bridge.from_unit_id,
        bridge.to_unit_id
    from marts.bridge_unit_map as bridge
    inner join newest_map on bridge.to_map_date = newest_map.map_date
    inner join marts.dim_map as maps on bridge.from_map_date = maps.map_date
    inner join asked_period
        on
            asked_period.data_to >= maps.map_date
            and (maps.valid_to is null or asked_period.data_to < maps.valid_to)
    inner join marts.dim_administrative_unit as origins on bridge.from_unit_id = origins.unit_id
    where
        bridge.target_count = 1
        and origins.level = 'commune'
),

profiles as (
    select
        profiles.unit_id,
        profiles.household_count,
        profiles.poor_household_count,
        profiles.near_poor_household_count
    from marts.fct_commune_profile as profiles
    inner join asked_period on profiles.reporting_period_id = asked_period.reporting_period_id
)

select
    max(asked_period.reporting_period_id) as reporting_period_id,
    ways.to_unit_id as unit_id,
    max(units.name_vi) as unit_name,
    count(*) as origin_count,
    count(profiles.poor_household_count) as counted_count,
    sum(profiles.household_count) as household_count,
    sum(profiles.poor_household_count) as poor_household_count,
    round(
        100 * sum(profiles.poor_household_count)
        / nullif(sum(profiles.household_count) filter (where profiles.poor_household_count is not null), 0), 2
    ) as poor_pct,
    round(
        100 * sum(profiles.near_poor_household_count)
        / nullif(sum(profiles.household_count) filter (where profiles.near_poor_household_count is not null), 0), 2
    ) as near_poor_pct
from ways
inner join marts.dim_administrative_unit as units on ways.to_unit_id = units.unit_id
cross join asked_period
left join profiles on ways.from_unit_id = profiles.unit_id
group by ways.to_unit_id
order by ways.to_unit_id
