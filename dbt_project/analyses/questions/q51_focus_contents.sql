-- Câu hỏi 51. Bốn nội dung trọng tâm: mỗi nội dung có bao nhiêu hoạt động, ở bao nhiêu xã, hỗ trợ được bao nhiêu?
-- Question 51. The four focus contents: how many activities, in how many communes, with how much support for each?
-- Items: 5.10
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: focus content (null: none was named), events dated in the report year of P(D) up to its closing day:
-- activities of helper teams, and support agreed on. Money in đồng, as promised and as delivered to date.
-- An activity names at most one content, so contents add up; communes do not.
with

periods as (
    select * from marts.dim_reporting_period
),

activities as (
    select * from marts.fct_helper_activity
),

support as (
    select * from marts.fct_support
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

acted as (
    select
        activities.focus_content,
        count(*) as activity_count,
        count(distinct activities.unit_id) as commune_count,
        count(distinct activities.agency_code) as agency_count,
        sum(activities.participant_count) as participant_count
    from activities
    inner join asked_period on activities.activity_date between asked_period.data_from and asked_period.data_to
    group by activities.focus_content
),

supported as (
    select
        support.focus_content,
        count(*) as support_count,
        sum(support.promised_vnd) as promised_vnd,
        sum(support.delivered_vnd) as delivered_vnd
    from support
    inner join asked_period on support.agreed_on between asked_period.data_from and asked_period.data_to
    group by support.focus_content
),

final as (
    select
        coalesce(acted.focus_content, supported.focus_content) as focus_content,
        coalesce(acted.activity_count, 0) as activity_count,
        coalesce(acted.commune_count, 0) as commune_count,
        coalesce(acted.agency_count, 0) as agency_count,
        acted.participant_count,
        coalesce(supported.support_count, 0) as support_count,
        supported.promised_vnd,
        supported.delivered_vnd
    from acted
    full outer join supported on acted.focus_content is not distinct from supported.focus_content
    order by focus_content nulls last
)

select * from final
