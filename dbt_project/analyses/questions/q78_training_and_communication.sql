-- Câu hỏi 78. Đã mở bao nhiêu lớp tập huấn, đợt truyền thông, cho ai, về chủ đề nào, bao nhiêu người tham gia?
-- Question 78. How many classes and communication activities were held, for whom, on which subject, with
-- how many people?
-- Items: 4.4
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: kind of activity (training, communication) x subject x audience, of the whole province; a row of null subject
-- and audience sums up the kind. Held from the start of the report year of P to its closing day, P = the latest period
-- of six months or a year closed by D. The helper teams' own activities are in question 79. Sums are of what was filled
-- in; people_known_count says for how many activities the number of people is known.
with

periods as (
    select *
    from marts.dim_reporting_period
    where period_type in ('6_months', 'year') and data_to <= $day::date
    order by data_to desc
    limit 1
),

held as (
    select activities.*, periods.reporting_period_id as asked_period_id
    from marts.fct_activity as activities
    inner join periods on activities.activity_date between periods.data_from and periods.data_to
    where
        activities.kind_code in ('training', 'communication')
        and activities.actor_kind <> 'helper_team'
)

select
    asked_period_id as reporting_period_id,
    kind_code,
    subject_code,
    audience_code,
    grouping(subject_code) = 1 as is_sum,
    count(*) as activity_count,
    sum(session_count) as session_count,
    sum(participant_count) as participant_count,
    sum(women_count) as women_count,
    sum(minority_count) as minority_count,
    count(participant_count) as people_known_count
from held
group by grouping sets (
    (asked_period_id, kind_code, subject_code, audience_code), (asked_period_id, kind_code)
)
order by kind_code, is_sum desc, subject_code, audience_code
