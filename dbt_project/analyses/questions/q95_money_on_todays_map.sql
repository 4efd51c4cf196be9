-- Câu hỏi 95. Tiền giải ngân của kỳ, xếp theo xã, phường của bản đồ hành chính mới nhất, là bao nhiêu?
-- Question 95. What was disbursed in the period, by commune and ward of the newest administrative map?
-- Items: 1.4, 4.6
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: unit of the newest map x programme, for the latest period closed by D; unit_id null = chưa phân bổ: money of a
-- unit that is several units there (that of a district). The lines add up to the total of the period on its own map.
-- What a district was given is divided only by a stated rule: figure_on_map(…, 'population'), ntm figure --split.
with

newest_map as (
    select max(map_date) as map_date
    from marts.dim_map
),

asked_period as (
    select
        max_by(periods.reporting_period_id, periods.data_to) as reporting_period_id,
        max(periods.data_to) as data_to
    from marts.dim_reporting_period as periods
    where
        periods.period_type <> 'stage'
        and periods.data_to <= $day::date
),

-- where a unit of the period's map stands wholly
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
    where bridge.target_count = 1
)

select
    funding.reporting_period_id,
    ways.to_unit_id as unit_id,
    max(units.name_vi) as unit_name,
    funding.programme_code,
    count(distinct funding.unit_id) as origin_count,
    sum(funding.assigned_vnd) as assigned_vnd,
    sum(funding.disbursed_vnd) as disbursed_vnd
from marts.fct_funding as funding
inner join asked_period on funding.reporting_period_id = asked_period.reporting_period_id
left join ways on funding.unit_id = ways.from_unit_id
left join marts.dim_administrative_unit as units on ways.to_unit_id = units.unit_id
group by funding.reporting_period_id, ways.to_unit_id, funding.programme_code
order by ways.to_unit_id nulls last, funding.programme_code
