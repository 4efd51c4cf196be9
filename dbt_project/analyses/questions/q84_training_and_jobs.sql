-- Câu hỏi 84. Bao nhiêu người được đào tạo, tập huấn, giới thiệu việc làm, trong đó bao nhiêu nữ, dân tộc thiểu
-- số, cán bộ?
-- Question 84. How many people were trained and introduced to jobs, of whom women, ethnic minority, officers?
-- Items: 5.13, 5.23
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn. Posts at district level, the other half of item 5.23, are a question of their own.
-- Grain: area (province, reporting unit). Training held in the report year of P up to its closing day, P
-- = the latest period of six months or a year closed by D. officer = officers of communes and of hamlets; women and
-- minority are parts of participants, each person counted once per course. The helper teams' courses count as held
-- (by_helper_count), and their people among the participants; their form tells neither women nor minority, so
-- split_known_count says of how many participants both parts are taken.
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
        activities.audience_code in ('commune_officers', 'hamlet_officers') as is_for_officers
    from marts.fct_activity as activities
    inner join periods on activities.activity_date between periods.data_from and periods.data_to
    where activities.kind_code = 'training'
)

select
    asked_period_id as reporting_period_id,
    if(grouping(reporting_unit_id) = 1, 'province', 'unit') as area_level,
    reporting_unit_id,
    count(*) as activity_count,
    count(*) filter (actor_kind = 'helper_team') as by_helper_count,
    sum(session_count) as session_count,
    sum(participant_count) as participant_count,
    sum(participant_count) filter (women_count is not null) as split_known_count,
    sum(women_count) as women_count,
    sum(minority_count) as minority_count,
    sum(participant_count) filter (is_for_officers) as officer_count,
    sum(job_count) as job_count
from held
group by grouping sets ((asked_period_id, reporting_unit_id), (asked_period_id))
order by area_level, reporting_unit_id
