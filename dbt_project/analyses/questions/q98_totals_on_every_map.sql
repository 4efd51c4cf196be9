-- Câu hỏi 98. Số giải ngân của kỳ xếp lên mỗi bản đồ: tổng có như nhau, bao nhiêu phải chia mới xếp được?
-- Question 98. The period's disbursement on every map: is the total the same, and how much could only be divided?
-- Items: 1.4, 5.24
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: administrative map, for the latest period closed by D. disbursed_vnd = placed_vnd (on one unit of that map)
-- + not_divided_vnd (of units that are several units there). is_own_map: the map valid on the period's closing day.
with

asked_period as (
    select
        max_by(periods.reporting_period_id, periods.data_to) as reporting_period_id,
        max(periods.data_to) as data_to
    from marts.dim_reporting_period as periods
    where
        periods.period_type <> 'stage'
        and periods.data_to <= $day::date
),

own_map as (
    select maps.map_date
    from marts.dim_map as maps
    inner join asked_period
        on
            asked_period.data_to >= maps.map_date
            and (maps.valid_to is null or asked_period.data_to < maps.valid_to)
),

lines as (
    select
        funding.unit_id,
        funding.disbursed_vnd
    from marts.fct_funding as funding
    inner join asked_period on funding.reporting_period_id = asked_period.reporting_period_id
)

select
    asked_period.reporting_period_id,
    maps.map_date,
    maps.map_date = own_map.map_date as is_own_map,
    maps.district_count,
    maps.commune_count,
    maps.rural_commune_count,
    sum(lines.disbursed_vnd) as disbursed_vnd,
    coalesce(sum(lines.disbursed_vnd) filter (where ways.to_unit_id is not null), 0) as placed_vnd,
    coalesce(sum(lines.disbursed_vnd) filter (where ways.to_unit_id is null), 0) as not_divided_vnd
from marts.dim_map as maps
cross join asked_period
cross join own_map
cross join lines
left join marts.bridge_unit_map as ways
    on
        own_map.map_date = ways.from_map_date
        and lines.unit_id = ways.from_unit_id
        and maps.map_date = ways.to_map_date
        and ways.target_count = 1
group by
    asked_period.reporting_period_id,
    maps.map_date,
    own_map.map_date,
    maps.district_count,
    maps.commune_count,
    maps.rural_commune_count
order by maps.map_date
