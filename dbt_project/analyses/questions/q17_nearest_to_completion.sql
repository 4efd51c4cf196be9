-- Câu hỏi 17. Xã nào gần hoàn thành nhất, còn thiếu những tiêu chí, chỉ tiêu nào, thiếu bao nhiêu?
-- Question 17. Which communes are nearest to completion, and which criteria and indicators do they lack, by how much?
-- Items: 2.4, 2.8, 2.16
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: commune x set (NTM_XA, NTM_XA_NC of those judged on it) whose title it does not hold on the closing day of P,
-- the latest period closed by D. Criteria as declared at P; indicators not met at the latest period by then that has
-- figures, each with its value, threshold and, where it is a number, what is missing.
-- indicators_missing_count is null where no figure of the commune's set is known for that period.
-- Order: fewest criteria missing, then fewest indicators. Communes without a report stand last, unknown.
with

asked_period as (
    select
        reporting_period_id,
        data_to
    from marts.dim_reporting_period
    where
        period_type <> 'stage'
        and data_to <= $day::date
    order by data_to desc
    limit 1
),

matrix_period as (
    select max_by(unmet.reporting_period_id, periods.data_to) as reporting_period_id
    from marts.fct_indicator_result as unmet
    inner join marts.dim_reporting_period as periods on unmet.reporting_period_id = periods.reporting_period_id
    inner join asked_period on periods.data_to <= asked_period.data_to
    where unmet.subject_level = 'commune'
),

judged as (
    select distinct
        results.unit_id,
        results.criteria_set_code
    from marts.fct_indicator_result as results
    inner join matrix_period on results.reporting_period_id = matrix_period.reporting_period_id
    where
        results.is_deciding
        and coalesce(results.computed_verdict, results.declared_verdict) is not null
),

lacking as (
    select
        unmet.unit_id,
        unmet.criteria_set_code,
        count(*) as indicators_missing,
        string_agg(
            unmet.indicator_no || coalesce(': thiếu ' || round(-unmet.distance, 2)::decimal(18, 2), ''), '; '
            order by unmet.criterion_no, unmet.indicator_no
        ) as indicators
    from marts.fct_unmet_indicator as unmet
    inner join matrix_period on unmet.reporting_period_id = matrix_period.reporting_period_id
    group by all
)

select
    standings.reporting_period_id,
    communes.reported_by_unit_id,
    standings.unit_id,
    communes.name_vi as commune_name,
    standings.criteria_set_code,
    standings.standing,
    standings.criteria_total - standings.criteria_met_declared as criteria_missing_count,
    standings.criteria_missing,
    case when judged.unit_id is not null then coalesce(lacking.indicators_missing, 0) end as indicators_missing_count,
    lacking.indicators as indicators_missing
from marts.fct_unit_standing as standings
inner join asked_period on standings.reporting_period_id = asked_period.reporting_period_id
inner join marts.dim_administrative_unit as communes on standings.unit_id = communes.unit_id
left join judged
    on
        standings.unit_id = judged.unit_id
        and standings.criteria_set_code = judged.criteria_set_code
left join lacking
    on
        standings.unit_id = lacking.unit_id
        and standings.criteria_set_code = lacking.criteria_set_code
where
    standings.subject_level = 'commune'
    and communes.is_rural_commune
    and standings.standing <> 'recognised'
order by criteria_missing_count nulls last, indicators_missing_count nulls last, standings.unit_id
