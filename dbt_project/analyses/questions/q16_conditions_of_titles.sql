-- Câu hỏi 16. Xã, huyện, thị trấn nào chưa có danh hiệu đã đủ, còn thiếu, chưa rõ điều kiện nào?
-- Question 16. Which units without a title meet which conditions of it, which do they lack, which are unknown?
-- Items: 1.13, 2.5, 2.8, 2.13
-- Parameters: $day (DATE) = D.
-- In part / Một phần: nobody reports yet whether a commune is complex in security (CM4), its smart villages (KM3) and
-- fields of excellence (KM4), nor the criteria of the advanced district set (DR5 of HUYEN_NTM_NC): they stay unknown.
-- Grain: unit x title that it may strive for and does not hold on D; conditions at P, the latest period closed by D.
-- Communes: NTM, then NTM_NC for those judged on its set, then NTM_KM for those that hold NTM_NC; districts, towns,
-- townships and wards their own. The chain NTM > NTM_NC > NTM_KM is itself a condition (EL1, EL2, EL3).
-- Unknown is neither met nor lacking. is_eligible: false where a condition lacks, else null where one is unknown.
with

asked_period as (
    select reporting_period_id
    from marts.fct_condition
    inner join marts.dim_reporting_period using (reporting_period_id)
    where data_to <= $day::date
    order by data_to desc
    limit 1
),

held as (
    select
        unit_id,
        title_code
    from marts.fct_recognition
    where decision_date <= $day::date
    group by all
    having max_by(act_code, decision_date) <> 'withdrawal'
)

select
    conditions.reporting_period_id,
    conditions.title_code,
    conditions.subject_level,
    conditions.unit_id,
    units.name_vi as unit_name,
    count(*) as condition_count,
    count(*) filter (conditions.is_met) as met_count,
    count(*) filter (not conditions.is_met) as lacking_count,
    count(*) filter (conditions.is_met is null and conditions.is_applicable) as unknown_count,
    string_agg(conditions.condition_code, ', ' order by conditions.condition_code) filter (not conditions.is_met)
        as lacking_conditions,
    string_agg(conditions.condition_code, ', ' order by conditions.condition_code)
        filter (conditions.is_met is null and conditions.is_applicable) as unknown_conditions,
    case
        when count(*) filter (not conditions.is_met) > 0 then false
        when count(*) filter (conditions.is_met is null and conditions.is_applicable) = 0 then true
    end as is_eligible
from marts.fct_condition as conditions
inner join asked_period on conditions.reporting_period_id = asked_period.reporting_period_id
inner join marts.dim_administrative_unit as units on conditions.unit_id = units.unit_id
left join held
    on
        conditions.unit_id = held.unit_id
        and conditions.title_code = held.title_code
where
    conditions.kind <> 'withdraw'
    and conditions.subject_level <> 'province'
    and held.unit_id is null
group by all
order by conditions.title_code, lacking_count, unknown_count, conditions.unit_id
