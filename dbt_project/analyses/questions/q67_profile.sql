-- Câu hỏi 67. Toàn tỉnh và mỗi đơn vị báo cáo có bao nhiêu hộ, nhân khẩu, hộ dân tộc thiểu số, hộ nghèo, cận nghèo,
-- km đường nhựa?
-- Question 67. How many households, people, minority, poor and near-poor households, km of paved road
-- has each reporting unit?
-- Items: 2.24
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn. Trà Cú at the end of 2023 gives what its own report states (61.93%, 0.92%, 2.13%).
-- Grain: province, and each reporting unit: sums over its communes, wards and townships in the latest year closed by D;
-- shares are taken of the sums, never averaged; place_count = places that reported, unit_count = places there are.
with

latest as (
    select max_by(periods.reporting_period_id, periods.data_to) as reporting_period_id
    from marts.dim_reporting_period as periods
    where periods.period_type = 'year' and periods.data_to <= $day::date
),

places as (
    select
        units.unit_id as place_id,
        units.reported_by_unit_id,
        profiles.*
    from marts.dim_administrative_unit as units
    inner join latest on true
    inner join marts.dim_reporting_period as periods on latest.reporting_period_id = periods.reporting_period_id
    inner join marts.dim_reporting_unit as reporting on reporting.unit_id in (units.parent_unit_id, units.unit_id)
    inner join marts.fct_submission as expected
        on
            reporting.reporting_unit_id = expected.reporting_unit_id
            and latest.reporting_period_id = expected.reporting_period_id
    left join marts.fct_commune_profile as profiles
        on
            units.unit_id = profiles.unit_id
            and profiles.reporting_period_id = latest.reporting_period_id
    where
        units.level = 'commune'
        and units.valid_from <= periods.data_to
        and (units.valid_to is null or units.valid_to > periods.data_to)
),

listed as (
    select 'province' as area_level, null as area_unit_id, places.* from places
    union all
    select 'unit' as area_level, places.reported_by_unit_id as area_unit_id, places.* from places
),

final as (
    select
        listed.area_level,
        listed.area_unit_id,
        count(*) as unit_count,
        count(listed.household_count) as place_count,
        sum(listed.village_count) as village_count,
        sum(listed.household_count) as household_count,
        sum(listed.people_count) as people_count,
        sum(listed.women_count) as women_count,
        sum(listed.minority_household_count) as minority_household_count,
        round(sum(listed.minority_household_count) * 100 / nullif(sum(listed.household_count), 0), 2) as minority_pct,
        sum(listed.poor_household_count) as poor_household_count,
        round(sum(listed.poor_household_count) * 100 / nullif(sum(listed.household_count), 0), 2) as poor_pct,
        sum(listed.near_poor_household_count) as near_poor_household_count,
        round(sum(listed.near_poor_household_count) * 100 / nullif(sum(listed.household_count), 0), 2) as near_poor_pct,
        sum(listed.paved_road_km) as paved_road_km
    from listed
    group by all
    order by listed.area_level, listed.area_unit_id
)

select * from final
