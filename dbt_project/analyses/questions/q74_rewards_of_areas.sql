-- Câu hỏi 74. Thưởng khu dân cư, thôn được công nhận: bao nhiêu, từ nguồn nào, đã chi bao nhiêu, còn nợ bao nhiêu?
-- Question 74. Rewards of recognised villages and areas: how much, from which budget, paid or still owed?
-- Items: 3.9
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn. The policy that grants them is a document of form 26.
-- Grain: reporting unit × kind of title × budget of the reward (null = the unit grants none), over areas recognised by
-- D in the latest report that lists them. Paid by D; owed = granted and not paid by D; waiting_days = longest wait
-- since the recognition of those still owed.
with

areas as (
    select
        areas.*,
        units.reported_by_unit_id
    from marts.fct_residential_area_status as areas
    inner join marts.dim_reporting_period as periods on areas.reporting_period_id = periods.reporting_period_id
    inner join marts.dim_administrative_unit as units on areas.unit_id = units.unit_id
    qualify row_number() over (partition by areas.area_code, areas.title_code order by periods.data_to desc) = 1
),

granted as (
    select
        areas.*,
        areas.reward_vnd is not null and coalesce(areas.reward_paid_on <= $day::date, false) as is_paid
    from areas
    where areas.decision_date <= $day::date
),

final as (
    select
        granted.reported_by_unit_id,
        granted.title_code,
        granted.reward_source_code,
        count(*) as recognised_count,
        count(granted.reward_vnd) as granted_count,
        count(*) filter (granted.is_paid) as paid_count,
        sum(granted.reward_vnd) as granted_vnd,
        sum(granted.reward_vnd) filter (granted.is_paid) as paid_vnd,
        sum(granted.reward_vnd) filter (not granted.is_paid) as owed_vnd,
        max(date_diff('day', granted.decision_date, $day::date))
            filter (not granted.is_paid and granted.reward_vnd is not null) as waiting_days
    from granted
    group by all
    order by granted.reported_by_unit_id, granted.title_code
)

select * from final
