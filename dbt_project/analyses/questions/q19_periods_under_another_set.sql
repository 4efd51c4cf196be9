-- Câu hỏi 19. Cùng số liệu ấy, đánh giá theo bộ tiêu chí khác thì mỗi xã đạt bao nhiêu tiêu chí, thiếu những gì?
-- Question 19. The same figures judged by another set: how many criteria does each commune meet, what does it lack?
-- Items: 1.27, 2.12
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: commune x criteria set, at the latest period closed by D that has indicator figures. Sets: the commune's own
-- and every set with comparable indicators; NTM_XA_2016 is the set that the law of 2021-2025 replaced.
-- A criterion is unknown where a part of it was not reported in a comparable way: met + failed + unknown = all criteria
-- of the set. The difference between two sets is an effect of the rules, never a regression.
with

asked_period as (
    select
        reassessed.reporting_period_id,
        periods.data_to
    from marts.fct_criterion_reassessment as reassessed
    inner join marts.dim_reporting_period as periods on reassessed.reporting_period_id = periods.reporting_period_id
    where periods.data_to <= $day::date
    order by periods.data_to desc
    limit 1
)

select
    reassessed.reporting_period_id,
    communes.reported_by_unit_id,
    reassessed.unit_id,
    communes.name_vi as commune_name,
    reassessed.criteria_set_code,
    sets.n_criteria as criteria_count,
    count(*) filter (reassessed.mark = 'D') as met_count,
    count(*) filter (reassessed.mark = 'CD') as failed_count,
    any_value(sets.n_criteria) - count(reassessed.mark) as unknown_count,
    sum(reassessed.borrowed_part_count) > 0 as is_judged_on_another_sets_figures,
    string_agg(reassessed.failed_indicators, ', ' order by reassessed.criterion_no) as failed_indicators
from marts.fct_criterion_reassessment as reassessed
inner join asked_period on reassessed.reporting_period_id = asked_period.reporting_period_id
inner join marts.dim_criteria_set as sets on reassessed.criteria_set_code = sets.set_code
inner join marts.dim_administrative_unit as communes on reassessed.unit_id = communes.unit_id
group by all
order by reassessed.unit_id, reassessed.criteria_set_code
