-- Câu hỏi 80. Vận động nhân dân và các phong trào thi đua: bao nhiêu cuộc, bao nhiêu người, hộ, tổ chức tham gia?
-- Question 80. Mobilisation and emulation movements: how many activities, how many people, households, organisations?
-- Items: 1.10, 2.21, 2.29
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit) x movement; a row of null movement sums up the area (is_sum). Movement
-- nep_nghi is the campaign among ethnic minorities. Kinds mobilisation and emulation, whoever held them, in the report
-- year of P up to its closing day, P = the latest period of six months or a year closed by D; by_front_count = of
-- these, held by the Front and mass organisations. The same household may take part twice: counts are of taking part.
with

periods as (
    select *
    from marts.dim_reporting_period
    where period_type in ('6_months', 'year') and data_to <= $day::date
    order by data_to desc
    limit 1
),

held as (
    select
        activities.*,
        periods.reporting_period_id as asked_period_id,
        coalesce(activities.movement_code, 'none') as movement
    from marts.fct_activity as activities
    inner join periods on activities.activity_date between periods.data_from and periods.data_to
    where activities.kind_code in ('mobilisation', 'emulation')
)

select
    asked_period_id as reporting_period_id,
    if(grouping(reporting_unit_id) = 1, 'province', 'unit') as area_level,
    reporting_unit_id,
    movement,
    grouping(movement) = 1 as is_sum,
    count(*) as activity_count,
    count(*) filter (actor_kind = 'front') as by_front_count,
    sum(participant_count) as participant_count,
    sum(minority_count) as minority_count,
    sum(household_count) as household_count,
    sum(organisation_count) as organisation_count
from held
group by grouping sets (
    (asked_period_id, reporting_unit_id, movement), (asked_period_id, reporting_unit_id),
    (asked_period_id, movement), (asked_period_id)
)
order by area_level, reporting_unit_id, is_sum desc, movement
