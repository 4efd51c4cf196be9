-- Câu hỏi 35. Sở, ngành nào còn bao nhiêu hồ sơ tiêu chí chưa xác nhận, chờ bao lâu rồi?
-- Question 35. Which department has how many dossiers to confirm, and for how long have they waited?
-- Items: 2.11
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: department, of rounds verified by D that name it.
-- Waiting on D: verified, neither decided nor returned. Days run from the verification to D, or to the department's
-- decision (decision_days). waiting names the units whose dossiers wait.
with

rounds as (
    select
        *,
        coalesce(confirmed_on <= $day::date, false) as is_decided,
        coalesce(returned_on <= $day::date, false) as is_returned
    from marts.fct_dossier_round
    where
        verified_on <= $day::date
        and confirmed_by is not null
),

final as (
    select
        rounds.confirmed_by as agency_code,
        agencies.name_vi as agency_name,
        count(*) as verified_count,
        count(*) filter (rounds.is_decided) as decided_count,
        count(*) filter (rounds.is_decided and rounds.confirmation_verdict = 'CD') as refused_count,
        count(*) filter (not rounds.is_decided and not rounds.is_returned) as waiting_count,
        max($day::date - rounds.verified_on) filter (not rounds.is_decided and not rounds.is_returned)
            as longest_waiting_days,
        round(avg(rounds.confirmed_on - rounds.verified_on) filter (rounds.is_decided), 2) as decision_days,
        string_agg(distinct units.name_vi, ', ' order by units.name_vi) filter (
            not rounds.is_decided and not rounds.is_returned
        ) as waiting
    from rounds
    inner join marts.dim_administrative_unit as units on rounds.unit_id = units.unit_id
    inner join marts.dim_agency as agencies on rounds.confirmed_by = agencies.agency_code
    group by all
    order by waiting_count desc, agency_code
)

select * from final
