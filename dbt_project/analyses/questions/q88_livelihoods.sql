-- Câu hỏi 88. Hỗ trợ sinh kế đem lại gì ở mỗi xã: bao nhiêu mô hình, bao nhiêu hộ, thu nhập bình quân đầu người ra sao?
-- Question 88. What does livelihood support bring in each commune: models, households, income per head?
-- Items: 1.24
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: commune that reports a livelihood model or its households for P, the latest period of six months or a year
-- closed by D. income_per_head = indicator 10 of the base set of communes, in million đồng, as reported for P, with the
-- same of P one year before where it was reported. Spending stands beside its result; neither proves the other.
with

periods as (
    select *
    from marts.dim_reporting_period
    where period_type in ('6_months', 'year') and data_to <= $day::date
    order by data_to desc
    limit 1
),

criteria_sets as (
    select criteria_sets.set_code
    from marts.dim_criteria_set as criteria_sets
    inner join periods
        on periods.year between criteria_sets.assessment_year_from and criteria_sets.assessment_year_to
    where
        criteria_sets.subject_kind = 'commune'
        and criteria_sets.province_code is null
        and criteria_sets.based_on_set is null
),

incomes as (
    select results.reporting_period_id, results.unit_id, results.value
    from marts.fct_indicator_result as results
    inner join criteria_sets on results.criteria_set_code = criteria_sets.set_code
    where results.indicator_no = '10' and results.part_code = 'total'
),

livelihoods as (
    select
        results.reporting_period_id,
        results.unit_id,
        sum(results.planned_value) filter (results.indicator_code = 'SK_MODEL') as planned_model_count,
        sum(results.value) filter (results.indicator_code = 'SK_MODEL') as model_count,
        sum(results.beneficiary_count) filter (results.indicator_code = 'SK_MODEL') as household_count,
        sum(results.disbursed_vnd) filter (results.indicator_code = 'SK_MODEL') as disbursed_vnd,
        sum(results.base_value) filter (results.indicator_code = 'SK_INCOME') as household_in_models_count,
        sum(results.value) filter (results.indicator_code = 'SK_INCOME') as household_income_rose_count
    from marts.fct_thematic_result as results
    inner join periods on results.reporting_period_id = periods.reporting_period_id
    where results.indicator_code in ('SK_MODEL', 'SK_INCOME')
    group by results.reporting_period_id, results.unit_id
)

select
    livelihoods.*,
    units.name_vi as commune_name,
    incomes.value as income_per_head,
    incomes_before.value as income_per_head_before
from livelihoods
inner join periods on livelihoods.reporting_period_id = periods.reporting_period_id
inner join marts.dim_administrative_unit as units on livelihoods.unit_id = units.unit_id
left join incomes
    on livelihoods.unit_id = incomes.unit_id and livelihoods.reporting_period_id = incomes.reporting_period_id
left join incomes as incomes_before
    on
        livelihoods.unit_id = incomes_before.unit_id
        and periods.same_period_last_year_id = incomes_before.reporting_period_id
where units.level = 'commune'
order by livelihoods.unit_id
