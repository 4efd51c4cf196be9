-- Câu hỏi 69. Xã được giúp đỡ đặt những chỉ tiêu kinh tế - xã hội nào cho năm nay, đạt đến đâu, cơ quan nào đang giúp?
-- Question 69. Which socio-economic targets has each helped commune for this year, how far did it get, and
-- who helps it?
-- Items: 5.28
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: commune with a main helper on D × socio-economic measure (income, stable work, poverty) with a target for the
-- year of D. before = the figure of the latest year closed by D; result = that of the year itself, null until it is
-- closed by D. Rates in percent, money in million đồng.
with

profiles as (
    select
        profiles.unit_id,
        periods.year,
        measures.measure_code,
        round(case measures.measure_code
            when 'THU_NHAP' then profiles.income_per_head_vnd / 1000000
            when 'HO_NGHEO' then profiles.poor_household_count * 100 / nullif(profiles.household_count, 0)
            when 'VIEC_LAM' then profiles.stable_work_household_count * 100 / nullif(profiles.household_count, 0)
        end, 2) as figure
    from marts.fct_commune_profile as profiles
    inner join marts.dim_reporting_period as periods on profiles.reporting_period_id = periods.reporting_period_id
    cross join marts.dim_target_measure as measures
    where
        measures.measure_kind = 'profile'
        and periods.data_to <= $day::date
        and periods.year <= year($day::date)
),

helpers as (
    select
        unit_id,
        string_agg(agency_code, ', ' order by agency_code) as agency_codes
    from marts.fct_helper_assignment
    where
        role_code = 'main'
        and valid_from <= $day::date
        and (valid_to is null or valid_to > $day::date)
    group by all
),

final as (
    select
        targets.unit_id,
        units.name_vi as commune_name,
        targets.measure_code,
        measures.name_vi as measure_name,
        targets.target_value,
        max_by(before.figure, before.year) as figure_before,
        max(results.figure) as result,
        max(case when results.figure is not null then targets.is_reached end) as is_reached,
        helpers.agency_codes
    from marts.fct_target as targets
    inner join marts.dim_target_measure as measures on targets.measure_code = measures.measure_code
    inner join marts.dim_administrative_unit as units on targets.unit_id = units.unit_id
    inner join helpers on targets.unit_id = helpers.unit_id
    left join profiles as before
        on
            targets.unit_id = before.unit_id
            and targets.measure_code = before.measure_code
            and before.year < targets.plan_year
    left join profiles as results
        on
            targets.unit_id = results.unit_id
            and targets.measure_code = results.measure_code
            and targets.plan_year = results.year
    where
        measures.measure_kind = 'profile'
        and targets.plan_year = year($day::date)
        and targets.horizon_code = 'year'
        and targets.is_in_force
        and targets.decided_on <= $day::date
    group by all
    order by targets.unit_id, targets.measure_code
)

select * from final
