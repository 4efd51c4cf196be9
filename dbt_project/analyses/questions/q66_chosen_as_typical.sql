-- Câu hỏi 66. Những xã, thôn nào được chọn làm điểm xây dựng kiểu mẫu, chọn ngày nào, cho năm nào, nay đang ở đâu?
-- Question 66. Which communes and villages were chosen as typical ones, when, for which year, and where do they stand?
-- Items: 1.14
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: commune, or area of a commune, chosen by D for the year of D or a later one. Communes: criteria met on the set
-- of the title below the one aimed at (advanced), in the latest period closed by D, null where it is not judged on it.
-- Areas: criteria met of all on the title aimed at, or, where the area is not listed with it yet, on the title it is
-- listed with (criteria_title_code), in the latest report of areas closed by D. is_title_held = of the title aimed at,
-- on D: a commune holds it when the latest decision on it is no withdrawal.
with

periods as (
    select * from marts.dim_reporting_period
    where period_type <> 'stage' and data_to <= $day::date
),

chosen as (
    select
        targets.unit_id,
        targets.area_code,
        targets.plan_year,
        targets.decided_on,
        targets.document_no,
        measures.title_code
    from marts.fct_target as targets
    inner join marts.dim_target_measure as measures on targets.measure_code = measures.measure_code
    where
        measures.measure_kind = 'candidate'
        and targets.decided_on <= $day::date
        and targets.plan_year >= year($day::date)
),

standings as (
    select standings.*
    from marts.fct_unit_standing as standings
    inner join periods on standings.reporting_period_id = periods.reporting_period_id
    where standings.criteria_set_code = 'NTM_XA_NC_2021' and standings.criteria_met_declared is not null
    qualify row_number() over (partition by standings.unit_id order by periods.data_to desc) = 1
),

areas as (
    select areas.*
    from marts.fct_residential_area_status as areas
    inner join periods on areas.reporting_period_id = periods.reporting_period_id
    qualify row_number() over (partition by areas.area_code, areas.title_code order by periods.data_to desc) = 1
),

-- an area may be listed with several titles: one of them speaks, first the one aimed at
listed as (
    select
        chosen.area_code as chosen_area_code,
        chosen.title_code as chosen_title_code,
        areas.*
    from (select distinct area_code, title_code from chosen) as chosen
    inner join areas on chosen.area_code = areas.area_code
    inner join periods on areas.reporting_period_id = periods.reporting_period_id
    qualify row_number() over (
        partition by chosen.area_code, chosen.title_code
        order by areas.title_code = chosen.title_code desc, periods.data_to desc, areas.title_code
    ) = 1
),

titles as (
    select
        unit_id,
        title_code,
        act_code
    from marts.fct_recognition
    where decision_date <= $day::date
    qualify row_number() over (partition by unit_id, title_code order by decision_date desc) = 1
),

final as (
    select
        chosen.unit_id,
        units.name_vi as commune_name,
        chosen.area_code,
        listed.area_name,
        chosen.title_code,
        chosen.plan_year,
        chosen.decided_on,
        chosen.document_no,
        listed.title_code as criteria_title_code,
        case when chosen.area_code is null then standings.criteria_met_declared else listed.criteria_met end
            as criteria_met,
        case when chosen.area_code is null then standings.criteria_total else listed.criteria_total end
            as criteria_total,
        coalesce(titles.act_code <> 'withdrawal', false)
        or coalesce(listed.title_code = chosen.title_code and listed.is_held, false) as is_title_held
    from chosen
    inner join marts.dim_administrative_unit as units on chosen.unit_id = units.unit_id
    left join standings on chosen.unit_id = standings.unit_id
    left join listed
        on
            chosen.area_code = listed.chosen_area_code
            and chosen.title_code = listed.chosen_title_code
    left join titles
        on
            chosen.area_code is null
            and chosen.unit_id = titles.unit_id
            and chosen.title_code = titles.title_code
    order by chosen.plan_year, chosen.unit_id, chosen.area_code nulls first
)

select * from final
