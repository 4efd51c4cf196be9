-- Câu hỏi 34. Hồ sơ của bốn bộ tiêu chí đang ở bước nào, sau khi tiêu chí đạt bao nhiêu ngày thì hồ sơ hoàn chỉnh?
-- Question 34. How far are the dossiers of the four sets, and how many days after its criterion is met is one complete?
-- Items: 2.6, 2.7, 2.28
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (reporting unit, province) x criteria set; a dossier = subject x set x criterion.
-- States on D are exclusive and add up to dossier_count; each is that of the latest round begun by D, from its days.
-- ahead_count: complete before the criterion was met. lag_days: of dossiers complete on D whose criterion has its day.
with

rounds as (
    select *
    from marts.fct_dossier_round
    where started_on <= $day::date
    qualify row_number() over (partition by unit_id, title_code, stage_code, criterion_no order by round_no desc) = 1
),

dossiers as (
    select
        dossiers.reporting_unit_id,
        dossiers.criteria_set_code,
        rounds.met_on,
        rounds.completed_on,
        case
            when rounds.unit_id is null then 'not_started'
            when rounds.returned_on <= $day::date then 'returned'
            when rounds.submitted_on <= $day::date then 'submitted'
            when rounds.confirmed_on <= $day::date then 'confirmed'
            when rounds.verified_on <= $day::date then 'verified'
            when rounds.completed_on <= $day::date then 'complete'
            else 'in_preparation'
        end as state,
        if(
            state in ('complete', 'verified', 'confirmed', 'submitted'), rounds.completed_on - rounds.met_on, null
        ) as lag_days
    from marts.fct_dossier as dossiers
    left join rounds
        on
            dossiers.unit_id = rounds.unit_id
            and dossiers.title_code = rounds.title_code
            and dossiers.stage_code = rounds.stage_code
            and dossiers.criterion_no = rounds.criterion_no
),

final as (
    select
        if(grouping(reporting_unit_id) = 1, 'province', 'unit') as area_level,
        reporting_unit_id,
        criteria_set_code,
        count(*) as dossier_count,
        count(*) filter (state = 'not_started') as not_started_count,
        count(*) filter (state = 'in_preparation') as in_preparation_count,
        count(*) filter (state = 'complete') as complete_count,
        count(*) filter (state = 'verified') as verified_count,
        count(*) filter (state = 'confirmed') as confirmed_count,
        count(*) filter (state = 'submitted') as submitted_count,
        count(*) filter (state = 'returned') as returned_count,
        count(*) filter (lag_days < 0) as ahead_count,
        round(avg(lag_days), 2) as average_lag_days,
        max(lag_days) as longest_lag_days
    from dossiers
    group by grouping sets ((reporting_unit_id, criteria_set_code), (criteria_set_code))
    order by area_level desc, reporting_unit_id, criteria_set_code
)

select * from final
