-- Câu hỏi 22. Xã, huyện nào đang giữ danh hiệu mà nay có tiêu chí không đạt, đã chạm mức bị thu hồi chưa?
-- Question 22. Which units that hold a title now fail criteria, and do they touch a rule of withdrawal?
-- Items: 2.12
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: unit x title held on D with at least one criterion of its set failed at P, the latest period closed by D.
-- Communes (NTM, NTM_NC) by CW1 and CW2, districts by DW1 to DW3. touched_rules is null where none is touched; a rule
-- of 30 to under 50% also asks that a named criterion (dim_condition) is among those failed.
with

asked_period as (
    select reporting_period_id
    from marts.dim_reporting_period
    where
        period_type <> 'stage'
        and data_to <= $day::date
    order by data_to desc
    limit 1
),

held as (
    select
        unit_id,
        title_code,
        max(decision_date) as held_since
    from marts.fct_recognition
    where decision_date <= $day::date
    group by all
    having max_by(act_code, decision_date) <> 'withdrawal'
)

select
    conditions.reporting_period_id,
    conditions.unit_id,
    units.name_vi as unit_name,
    conditions.title_code,
    held.held_since,
    max(conditions.numerator) filter (described.metric = 'criteria_failed_share') as failed_count,
    max(conditions.denominator) filter (described.metric = 'criteria_failed_share') as criteria_count,
    string_agg(conditions.condition_code, ', ' order by conditions.condition_code) filter (conditions.is_met)
        as touched_rules
from marts.fct_condition as conditions
inner join asked_period on conditions.reporting_period_id = asked_period.reporting_period_id
inner join marts.dim_condition as described on conditions.condition_code = described.condition_code
inner join marts.dim_administrative_unit as units on conditions.unit_id = units.unit_id
inner join held
    on
        conditions.unit_id = held.unit_id
        and conditions.title_code = held.title_code
where conditions.kind = 'withdraw'
group by all
having failed_count > 0 or touched_rules is not null
order by touched_rules nulls last, failed_count desc, conditions.unit_id
