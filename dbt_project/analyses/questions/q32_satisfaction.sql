-- Câu hỏi 32. Bao nhiêu phần trăm hộ được hỏi hài lòng, chung và từng nội dung, nơi nào dưới mức yêu cầu?
-- Question 32. What share of the households asked is satisfied, overall and by content, and where is it below
-- what is required?
-- Items: 2.26
-- Parameters: $day (DATE) = D.
-- In part / Một phần: what was published, met on and supervised (dân biết, dân bàn, dân kiểm tra) is among activities.
-- Grain: subject x title asked for, by the latest survey finished by D.
-- Shares are of households asked; asked_pct is of all households. Required: 95% for a model commune, else 90% overall
-- (values recalled, condition CM3, DR4, TS3), and 80% for each content. lowest_content is the content with the least.
with

surveys as (
    select *
    from marts.fct_satisfaction
    where surveyed_on <= $day::date
    qualify
        dense_rank() over (partition by unit_id, title_code order by surveyed_on desc, reporting_period_id desc) = 1
),

summed as (
    select
        unit_id,
        title_code,
        any_value(surveyed_on) as surveyed_on,
        max(household_count) filter (content_code = 'overall') as households,
        max(asked_count) filter (content_code = 'overall') as asked,
        max(satisfied_count) filter (content_code = 'overall') as satisfied,
        count(*) filter (content_code <> 'overall') as content_count,
        count(*) filter (content_code <> 'overall' and 100 * satisfied_count < 80 * asked_count) as content_below_count,
        arg_min(content_code, (satisfied_count / asked_count, content_code)) filter (content_code <> 'overall')
            as lowest_content
    from surveys
    group by all
)

select
    summed.unit_id,
    units.name_vi as unit_name,
    summed.title_code,
    summed.surveyed_on,
    summed.households as household_count,
    summed.asked as asked_count,
    summed.satisfied as satisfied_count,
    round(100.0 * summed.asked / nullif(summed.households, 0), 2) as asked_pct,
    round(100.0 * summed.satisfied / nullif(summed.asked, 0), 2) as satisfied_pct,
    if(summed.title_code = 'NTM_KM', 95, 90) as required_pct,
    100 * summed.satisfied >= required_pct * summed.asked as is_reached,
    summed.content_count,
    summed.content_below_count,
    summed.lowest_content
from summed
inner join marts.dim_administrative_unit as units on summed.unit_id = units.unit_id
order by summed.unit_id, summed.title_code
