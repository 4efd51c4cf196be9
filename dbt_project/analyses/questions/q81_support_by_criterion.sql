-- Câu hỏi 81. Sở, ngành và các phòng, ban huyện đã phối hợp, hướng dẫn xã theo từng tiêu chí bao nhiêu lần, gần
-- nhất khi nào?
-- Question 81. How often did departments and district offices coordinate with and guide communes on each
-- criterion, last when?
-- Items: 1.19, 2.27
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: actor x department x criterion (null = none named), of the whole province. Kinds guidance and coordination,
-- held in the report year of P up to its closing day, P = the latest period of six months or a year closed by D.
-- commune_count and reporting_unit_count count each place once per row; what was held for a whole district is in
-- district_wide_count. Which of these criteria are met since is told by question 7.
with

periods as (
    select *
    from marts.dim_reporting_period
    where period_type in ('6_months', 'year') and data_to <= $day::date
    order by data_to desc
    limit 1
),

units as (
    select * from marts.dim_administrative_unit
),

agencies as (
    select * from marts.dim_agency
)

select
    periods.reporting_period_id,
    activities.actor_kind,
    activities.agency_code,
    agencies.name_vi as agency_name,
    activities.criterion_no,
    count(*) as activity_count,
    count(*) filter (activities.kind_code = 'coordination') as coordination_count,
    count(distinct activities.unit_id) filter (units.level = 'commune') as commune_count,
    count(*) filter (units.level = 'district') as district_wide_count,
    count(distinct activities.reporting_unit_id) as reporting_unit_count,
    max(activities.activity_date) as last_held_on
from marts.fct_activity as activities
inner join periods on activities.activity_date between periods.data_from and periods.data_to
left join units on activities.unit_id = units.unit_id
left join agencies on activities.agency_code = agencies.agency_code
where activities.kind_code in ('guidance', 'coordination')
group by all
order by activities.actor_kind, activities.agency_code, activities.criterion_no
