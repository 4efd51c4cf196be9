-- Câu hỏi 33. Đã thẩm tra bao nhiêu lượt tiêu chí, kết luận thế nào, sở, ngành có xác nhận như đơn vị báo cáo không?
-- Question 33. How many rounds of verification were held, with which verdict, and did the departments confirm the same?
-- Items: 2.30
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (reporting unit, province) x criteria set, of rounds verified by D.
-- A round counts once for each dossier. confirmed_ counts are of rounds that the department has decided by D;
-- differing_count: verified as met by the unit, not confirmed. Returned rounds have their reasons listed.
with

rounds as (
    select
        *,
        confirmed_on <= $day::date as is_decided,
        returned_on <= $day::date as is_returned
    from marts.fct_dossier_round
    where verified_on <= $day::date
),

final as (
    select
        if(grouping(reporting_unit_id) = 1, 'province', 'unit') as area_level,
        reporting_unit_id,
        criteria_set_code,
        count(*) as verified_count,
        count(*) filter (verification_verdict = 'D') as verified_met_count,
        count(*) filter (verification_verdict = 'CD') as verified_unmet_count,
        count(*) filter (is_decided) as confirmed_count,
        count(*) filter (is_decided and confirmation_verdict = 'D') as confirmed_met_count,
        count(*) filter (is_decided and confirmation_verdict = 'CD' and verification_verdict = 'D') as differing_count,
        count(*) filter (is_returned) as returned_count,
        max(round_no) as most_rounds,
        string_agg(distinct return_reason, '; ' order by return_reason) filter (is_returned) as return_reasons
    from rounds
    group by grouping sets ((reporting_unit_id, criteria_set_code), (criteria_set_code))
    order by area_level desc, reporting_unit_id, criteria_set_code
)

select * from final
