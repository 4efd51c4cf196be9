-- Câu hỏi 71. Chỉ tiêu của giai đoạn là bao nhiêu xã, bằng bao nhiêu phần trăm, tính trên mẫu số nào, đã đạt đến đâu?
-- Question 71. What is the target of the stage in communes and in percent, of which denominator, and how far is it?
-- Items: 4.14
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn. Only communes (xã) are the denominator: figures of the press that mix communes with all units of
-- commune level (Đắk Lắk: 103 of "184", beside 66 = 43.42%, which is 66 of 152) are told apart by the second share.
-- Grain: province (unit_id null: targets of its districts added up) and each district × measure of titles, for stages
-- that D lies in, as set by D. held_count = the result in the latest report closed by D, null before there is one.
with

results as (
    select results.*
    from marts.fct_target_result as results
    inner join marts.dim_reporting_period as periods on results.result_period_id = periods.reporting_period_id
    where periods.data_to <= $day::date
    qualify row_number() over (
        partition by results.judgement_id, results.row_id order by periods.data_to desc
    ) = 1
),

targets as (
    select
        targets.unit_id,
        targets.measure_code,
        targets.plan_year,
        targets.target_value,
        results.result_part as held_count
    from marts.fct_target as targets
    inner join marts.dim_target_measure as measures on targets.measure_code = measures.measure_code
    inner join marts.dim_reporting_period as periods on targets.reporting_period_id = periods.reporting_period_id
    left join results on targets.judgement_id = results.judgement_id and targets.row_id = results.row_id
    where
        targets.horizon_code = 'stage'
        and measures.measure_kind = 'titles_held'
        and targets.plan_year >= year($day::date)
        and periods.data_to <= $day::date
    qualify row_number() over (
        partition by targets.unit_id, targets.measure_code, targets.plan_year order by periods.data_to desc
    ) = 1
),

counts as (
    select
        parent_unit_id as unit_id,
        count(*) filter (is_rural_commune) as commune_count,
        count(*) as commune_level_count
    from marts.dim_administrative_unit
    where
        level = 'commune'
        and valid_from <= $day::date
        and (valid_to is null or valid_to > $day::date)
    group by all
),

final as (
    select
        targets.unit_id,
        targets.measure_code,
        targets.plan_year,
        sum(targets.target_value) as target_value,
        sum(targets.held_count) as held_count,
        sum(counts.commune_count) as commune_count,
        sum(counts.commune_level_count) as commune_level_count,
        round(sum(targets.target_value) * 100 / nullif(sum(counts.commune_count), 0), 2) as target_of_communes_pct,
        round(sum(targets.target_value) * 100 / nullif(sum(counts.commune_level_count), 0), 2)
            as target_of_commune_level_pct,
        round(sum(targets.held_count) * 100 / nullif(sum(counts.commune_count), 0), 2) as held_of_communes_pct
    from targets
    inner join counts on targets.unit_id = counts.unit_id
    group by
        grouping sets (
            (targets.unit_id, targets.measure_code, targets.plan_year), (targets.measure_code, targets.plan_year)
        )
    order by targets.unit_id nulls first, targets.measure_code
)

select * from final
