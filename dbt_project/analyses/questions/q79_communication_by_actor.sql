-- Câu hỏi 79. Ai tuyên truyền, về nội dung gì, qua kênh nào, bao nhiêu lượt, đến bao nhiêu xã, bao nhiêu người?
-- Question 79. Who communicates, on what, through which channel, how often, in how many communes, reaching
-- how many people?
-- Items: 2.25, 3.15, 5.26
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: actor x subject x channel, of the whole province. The propaganda boards of the Party are actor party_board,
-- communication on residential areas is subject residential_area, the helper teams' is actor helper_team (which names
-- neither subject nor channel). Held in the report year of P up to its closing day, P = the latest period of six months
-- or a year closed by D. commune_count and area_count (residential areas named) count each once per row: not to be
-- added over rows.
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
)

select
    periods.reporting_period_id,
    activities.actor_kind,
    activities.subject_code,
    activities.channel_code,
    count(*) as activity_count,
    sum(activities.session_count) as session_count,
    sum(activities.participant_count) as participant_count,
    count(activities.participant_count) as people_known_count,
    count(distinct units.unit_id) filter (units.level = 'commune') as commune_count,
    count(distinct activities.area_code) as area_count
from marts.fct_activity as activities
inner join periods on activities.activity_date between periods.data_from and periods.data_to
left join units on activities.unit_id = units.unit_id
where activities.kind_code = 'communication'
group by all
order by activities.actor_kind, activities.subject_code, activities.channel_code
