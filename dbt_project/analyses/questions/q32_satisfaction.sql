-- Câu hỏi 32. Bao nhiêu phần trăm hộ được hỏi hài lòng, chung và từng nội dung, nơi nào dưới mức yêu cầu?
-- Question 32. What share of the households asked is satisfied, overall and by content, and where is it below what is
-- required?
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

final as (
    select
        surveys.unit_id,
        units.name_vi as unit_name,
        surveys.title_code,
        any_value(surveys.surveyed_on) as surveyed_on,
        max(surveys.household_count) filter (surveys.content_code = 'overall') as household_count,
        max(surveys.asked_count) filter (surveys.content_code = 'overall') as asked_count,
        max(surveys.satisfied_count) filter (surveys.content_code = 'overall') as satisfied_count,
        round(100.0 * asked_count / nullif(household_count, 0), 2) as asked_pct,
        round(100.0 * satisfied_count / nullif(asked_count, 0), 2) as satisfied_pct,
        if(surveys.title_code = 'NTM_KM', 95, 90) as required_pct,
        100.0 * satisfied_count >= required_pct * asked_count as is_reached,
        count(*) filter (surveys.content_code <> 'overall') as content_count,
        count(*) filter (
            surveys.content_code <> 'overall' and 100.0 * surveys.satisfied_count < 80 * surveys.asked_count
        ) as content_below_count,
        arg_min(surveys.content_code, (surveys.satisfied_count / surveys.asked_count, surveys.content_code)) filter (
            surveys.content_code <> 'overall'
        ) as lowest_content
    from surveys
    inner join marts.dim_administrative_unit as units on surveys.unit_id = units.unit_id
    group by all
    order by surveys.unit_id, surveys.title_code
)

select * from final
