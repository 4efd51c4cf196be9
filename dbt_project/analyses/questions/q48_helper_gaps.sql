-- Câu hỏi 48. Từ đầu năm báo cáo đến ngày D, xã nào có lúc không có ai chủ trì giúp đỡ, lúc bàn giao, lúc trùng;
-- bao nhiêu ngày?
-- Question 48. From the start of the report year to day D, where was nobody in charge, a hand-over, or more than
-- one; how long?
-- Items: 5.1, 5.2
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: commune x interval that is not plainly one main helper of the province, begun by D. status: none (a gap),
-- hand_over (outgoing and incoming helper, who came later stays longer), double (a finding). An assignment holds until
-- the new decision takes effect. valid_to is exclusive; days are those of the report year to D.
with

periods as (
    select * from marts.dim_reporting_period
),

units as (
    select * from marts.dim_administrative_unit
),

coverage as (
    select * from marts.fct_helper_coverage
),

-- P(D): the latest period whose data were closed by D
asked_period as (
    select *
    from periods
    where
        period_type <> 'stage'
        and data_to <= $day::date
    order by data_to desc
    limit 1
),

final as (
    select
        coverage.unit_id,
        units.name_vi as commune_name,
        coverage.valid_from,
        coverage.valid_to,
        coverage.status,
        coverage.main_count,
        coverage.agency_codes,
        coverage.valid_to is null or coverage.valid_to > $day::date as is_running_on_day,
        date_diff(
            'day',
            greatest(coverage.valid_from, asked_period.data_from),
            least(coalesce(coverage.valid_to, $day::date), $day::date)
        ) as day_count
    from coverage
    inner join units on coverage.unit_id = units.unit_id
    cross join asked_period
    where
        coverage.status <> 'main'
        and coverage.valid_from <= $day::date
        and (coverage.valid_to is null or coverage.valid_to > asked_period.data_from)
    order by coverage.status, day_count desc, coverage.unit_id
)

select * from final
