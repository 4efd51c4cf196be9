-- Câu hỏi 50. Tổ giúp việc đã dự bao nhiêu cuộc họp, ở cấp nào; thông tin chính sách, truyền thông, giúp xây dựng
-- Đảng mấy lần?
-- Question 50. How many meetings did helper teams attend, at which level; how many briefings,
-- communications, party support?
-- Items: 5.4, 5.5, 5.14, 5.26
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: province and reporting unit x kind of activity x level, dated in the report year of P(D) up to its closing
-- day. Visits and trainings are other questions (13, 52). An activity in two communes counts once for each.
with

periods as (
    select * from marts.dim_reporting_period
),

activities as (
    select * from marts.fct_helper_activity
),

-- P(D): the latest period whose data were closed by D
asked_period as (
    select *
    from periods
    where
        period_type <> 'stage'
        and data_to <= $day::date
    order by data_to desc
    limit 1
),

final as (
    select
        case grouping(activities.reporting_unit_id) when 1 then 'province' else 'unit' end as area_level,
        activities.reporting_unit_id,
        activities.kind_code,
        activities.level_code,
        count(*) as activity_count,
        count(distinct activities.agency_code) as agency_count,
        count(distinct activities.unit_id) as commune_count,
        sum(activities.participant_count) as participant_count,
        count(*) filter (activities.is_leader_present) as with_leader_count
    from activities
    inner join asked_period on activities.activity_date between asked_period.data_from and asked_period.data_to
    where activities.kind_code in ('meeting', 'briefing', 'communication', 'party_support')
    group by grouping sets (
        (activities.reporting_unit_id, activities.kind_code, activities.level_code),
        (activities.kind_code, activities.level_code)
    )
    order by area_level, activities.reporting_unit_id, activities.kind_code, activities.level_code
)

select * from final
