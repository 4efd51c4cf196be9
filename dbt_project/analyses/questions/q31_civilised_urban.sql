-- Câu hỏi 31. Bao nhiêu thị trấn, phường đạt chuẩn đô thị văn minh, đơn vị nào còn thiếu tiêu chí gì?
-- Question 31. How many townships and wards bear the civilised-urban title, and which criteria do the others lack?
-- Items: 2.13
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: reporting unit x kind of unit (thi_tran, phuong), and the province for each kind. The target is 100%.
-- Numerator: units that hold the title on D by decision date. Denominator: all of the kind on D. Criteria are those of
-- the latest six months or year closed by D; all_met_count counts 9 of 9, unreported_count those without a mark.
-- lacking names the units that miss criteria, with their numbers.
with

places as (
    select
        units.unit_id,
        units.name_vi,
        units.unit_type,
        units.reported_by_unit_id
    from marts.dim_administrative_unit as units
    inner join marts.dim_reporting_unit as reporting_units on units.reported_by_unit_id = reporting_units.unit_id
    where
        units.unit_type in ('thi_tran', 'phuong')
        and units.valid_from <= $day::date
        and (units.valid_to is null or units.valid_to > $day::date)
        and reporting_units.reporting_unit_id in (select reporting_unit_id from marts.fct_submission)
),

titles as (
    select
        unit_id,
        arg_max(act_code, decision_date) <> 'withdrawal' as is_held
    from marts.fct_recognition
    where
        title_code = 'DTVM'
        and decision_date <= $day::date
    group by unit_id
),

periods as (
    select *
    from marts.dim_reporting_period
    where
        period_type in ('6_months', 'year')
        and data_to <= $day::date
    order by data_to desc
    limit 1
),

standings as (
    select standings.*
    from marts.fct_unit_standing as standings
    inner join periods on standings.reporting_period_id = periods.reporting_period_id
    where standings.criteria_set_code = 'DTVM_2022'
),

final as (
    select
        if(grouping(places.reported_by_unit_id) = 1, 'province', 'unit') as area_level,
        places.reported_by_unit_id as area_unit_id,
        places.unit_type,
        count(*) as unit_count,
        count(*) filter (titles.is_held) as recognised_count,
        round(100.0 * recognised_count / unit_count, 2) as recognised_pct,
        count(*) filter (standings.criteria_met_declared >= standings.criteria_total) as all_met_count,
        count(*) filter (standings.criteria_met_declared is null) as unreported_count,
        string_agg(places.name_vi || ': ' || standings.criteria_missing, '; ' order by places.unit_id) as lacking
    from places
    left join titles on places.unit_id = titles.unit_id
    left join standings on places.unit_id = standings.unit_id
    group by grouping sets ((places.reported_by_unit_id, places.unit_type), (places.unit_type))
    order by area_level, area_unit_id, places.unit_type
)

select * from final
