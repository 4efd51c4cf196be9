-- Câu hỏi 96. Trên bản đồ mới nhất, xã nào còn là chính xã cũ, xã nào phải xét lại, gộp từ bao nhiêu xã đã đạt?
-- Question 96. On the newest map, which communes are the same, which are to be reassessed, made of how many holders?
-- Items: 1.11, 1.13
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: rural commune of the newest map, in the base set of the latest period closed by D. A commune that is another
-- one than on the period's map takes over no standing and no title: to_be_reassessed, until a decision says otherwise;
-- recognised_origin_count of its origin_count former units (townships and wards too) held the title.
with

newest_map as (
    select max(map_date) as map_date
    from marts.dim_map
),

asked_period as (
    select
        max_by(periods.reporting_period_id, periods.data_to) as reporting_period_id,
        max_by(periods.year, periods.data_to) as period_year,
        max(periods.data_to) as data_to
    from marts.dim_reporting_period as periods
    where
        periods.period_type <> 'stage'
        and periods.data_to <= $day::date
),

base_set as (
    select sets.set_code
    from marts.dim_criteria_set as sets
    inner join asked_period
        on asked_period.period_year between sets.assessment_year_from and sets.assessment_year_to
    where
        sets.subject_kind = 'commune'
        and sets.province_code is null
        and sets.based_on_set is null
),

ways as (
    select
        bridge.from_unit_id,
        bridge.to_unit_id,
        bridge.is_same_unit
    from marts.bridge_unit_map as bridge
    inner join newest_map on bridge.to_map_date = newest_map.map_date
    inner join marts.dim_map as maps on bridge.from_map_date = maps.map_date
    inner join asked_period
        on
            asked_period.data_to >= maps.map_date
            and (maps.valid_to is null or asked_period.data_to < maps.valid_to)
    inner join marts.dim_administrative_unit as origins on bridge.from_unit_id = origins.unit_id
    where origins.level = 'commune'
),

standings as (
    select
        standings.unit_id,
        standings.standing,
        standings.title_code
    from marts.fct_unit_standing as standings
    inner join asked_period on standings.reporting_period_id = asked_period.reporting_period_id
    inner join base_set on standings.criteria_set_code = base_set.set_code
)

select
    max(asked_period.reporting_period_id) as reporting_period_id,
    communes.unit_id,
    max(communes.name_vi) as unit_name,
    bool_and(ways.is_same_unit) as is_same_unit,
    case when bool_and(ways.is_same_unit) then max(standings.standing) else 'to_be_reassessed' end as standing,
    case when bool_and(ways.is_same_unit) then max(standings.title_code) end as title_code,
    count(*) as origin_count,
    count(*) filter (where standings.standing = 'recognised') as recognised_origin_count
from marts.dim_administrative_unit as communes
inner join ways on communes.unit_id = ways.to_unit_id
cross join asked_period
left join standings on ways.from_unit_id = standings.unit_id
where communes.is_rural_commune
group by communes.unit_id
order by communes.unit_id
