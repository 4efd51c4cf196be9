-- Câu hỏi 68. Xã nào còn hộ không có ai trong độ tuổi lao động có việc làm ổn định, bao nhiêu hộ, đã đào tạo, giới
-- thiệu việc làm cho bao nhiêu người?
-- Question 68. In which communes do households lack anybody in stable work, how many are they, and how many people were
-- trained or introduced to a job?
-- Items: 5.12, 5.13
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn. The target is every household (100%).
-- Grain: rural commune (xã) in the latest year closed by D that reported; most households short of the target first.
with

latest as (
    select max_by(periods.reporting_period_id, periods.data_to) as reporting_period_id
    from marts.dim_reporting_period as periods
    where periods.period_type = 'year' and periods.data_to <= $day::date
),

final as (
    select
        profiles.unit_id,
        units.name_vi as commune_name,
        profiles.household_count,
        profiles.stable_work_household_count,
        profiles.household_count - profiles.stable_work_household_count as short_count,
        round(profiles.stable_work_household_count * 100 / nullif(profiles.household_count, 0), 2) as stable_work_pct,
        profiles.stable_work_household_count = profiles.household_count as is_reached,
        profiles.trained_count,
        profiles.job_introduced_count
    from marts.fct_commune_profile as profiles
    inner join latest on profiles.reporting_period_id = latest.reporting_period_id
    inner join marts.dim_administrative_unit as units on profiles.unit_id = units.unit_id
    where units.is_rural_commune
    order by short_count desc, profiles.unit_id
)

select * from final
