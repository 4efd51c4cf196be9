-- Câu hỏi 21. Tỉnh đã đáp ứng những điều kiện nào để hoàn thành nhiệm vụ xây dựng nông thôn mới, còn thiếu bao nhiêu?
-- Question 21. Which conditions of a province that has completed its task are met, and how much is missing?
-- Items: 2.15
-- Parameters: $day (DATE) = D.
-- In part / Một phần: the conditions that no form carries yet (PC5 to PC8: scheme, green land, trees along roads, index
-- of public services) are shown as unknown.
-- Grain: condition PC1 to PC8 at P, the latest period closed by D; titles held on its closing day. Where a unit sent no
-- register for P the shares are unknown.
-- missing_count = places still to be recognised.
with

asked_period as (
    select
        reporting_period_id,
        data_to
    from marts.dim_reporting_period
    where
        period_type <> 'stage'
        and data_to <= $day::date
    order by data_to desc
    limit 1
)

select
    conditions.reporting_period_id,
    asked_period.data_to,
    conditions.condition_code,
    described.condition_text,
    conditions.numerator as holder_count,
    conditions.denominator as place_count,
    round(conditions.value, 2) as value,
    conditions.required_from as required_value,
    case
        when conditions.numerator is not null
            then greatest(ceil(conditions.denominator * conditions.required_from / 100) - conditions.numerator, 0)
    end as missing_count,
    conditions.is_met,
    conditions.confidence
from marts.fct_condition as conditions
inner join asked_period on conditions.reporting_period_id = asked_period.reporting_period_id
inner join marts.dim_condition as described on conditions.condition_code = described.condition_code
where conditions.title_code = 'TINH_HTNV'
order by conditions.condition_code
