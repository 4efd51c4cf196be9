-- Câu hỏi 28. Từng tiêu chí của huyện đạt bao nhiêu phần trăm, đạt từ ngày nào, hồ sơ đến đâu?
-- Question 28. Of each criterion of a district: what share is met, since when, and how far is its dossier?
-- Items: 2.5
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: district x criterion of the set that judges it, at P(D), the latest period closed by D. indicators_met_pct is
-- of the deciding indicators (and parts) reported. met_on is the day the district gives in its dossier;
-- met_since_period_id follows its reports. dossier_state is that of the closing day; none = not begun.
with

periods as (
    select *
    from marts.dim_reporting_period
    where
        period_type <> 'stage'
        and data_to <= $day::date
    order by data_to desc
    limit 1
),

indicators as (
    select
        results.unit_id,
        results.criteria_set_code,
        results.criterion_no,
        count(*) as indicator_count,
        count(*) filter (results.declared_verdict in ('D', 'KAD')) as indicators_met_count
    from marts.fct_indicator_result as results
    inner join periods on results.reporting_period_id = periods.reporting_period_id
    where
        results.subject_level = 'district'
        and results.is_deciding
    group by all
)

select
    statuses.reporting_period_id,
    statuses.unit_id,
    units.name_vi as unit_name,
    statuses.criteria_set_code,
    statuses.criterion_no,
    criteria.criterion_name_vi as criterion_name,
    statuses.declared_mark,
    indicators.indicators_met_count,
    indicators.indicator_count,
    round(100.0 * indicators.indicators_met_count / nullif(indicators.indicator_count, 0), 2) as indicators_met_pct,
    statuses.met_since_period_id,
    case when dossiers.met_on <= $day::date then dossiers.met_on end as met_on,
    states.dossier_state
from marts.fct_criterion_status as statuses
inner join periods on statuses.reporting_period_id = periods.reporting_period_id
inner join marts.dim_administrative_unit as units on statuses.unit_id = units.unit_id
inner join marts.dim_criterion as criteria
    on
        statuses.criteria_set_code = criteria.set_code
        and statuses.criterion_no = criteria.criterion_no
inner join marts.fct_criterion_dossier as states
    on
        statuses.reporting_period_id = states.reporting_period_id
        and statuses.unit_id = states.unit_id
        and statuses.criteria_set_code = states.criteria_set_code
        and statuses.criterion_no = states.criterion_no
left join marts.fct_dossier as dossiers
    on
        statuses.unit_id = dossiers.unit_id
        and statuses.criteria_set_code = dossiers.criteria_set_code
        and statuses.criterion_no = dossiers.criterion_no
left join indicators
    on
        statuses.unit_id = indicators.unit_id
        and statuses.criteria_set_code = indicators.criteria_set_code
        and statuses.criterion_no = indicators.criterion_no
where statuses.subject_level = 'district'
order by statuses.unit_id, statuses.criterion_no
