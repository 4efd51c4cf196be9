-- Câu hỏi 27. Ở mỗi xã bao nhiêu phần trăm người dân, nam, nữ tham gia bảo hiểm y tế, đạt và duy trì chưa?
-- Question 27. What share of people, men and women has health insurance in each commune, is the target met and kept?
-- Items: 1.15, 1.16
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: commune x title whose set judges it (NTM: every commune; NTM_NC: those judged on the advanced set) at the
-- latest period closed by D in which the indicator matrix is owed.
-- Rates are recomputed from people insured and people. state_code: kept (met at every report since it was first met),
-- regained, lost, never_met, unverified (a report without a figure breaks the proof), no_data.
-- missing_people = insured people still lacking for the threshold of the whole commune.
with

asked_period as (
    select max_by(insurance.reporting_period_id, periods.data_to) as reporting_period_id
    from marts.fct_health_insurance as insurance
    inner join marts.dim_reporting_period as periods on insurance.reporting_period_id = periods.reporting_period_id
    where periods.data_to <= $day::date
)

select
    insurance.reporting_period_id,
    senders.unit_id as reported_by_unit_id,
    senders.name_vi as reported_by_name,
    insurance.unit_id,
    communes.name_vi as commune_name,
    insurance.title_code,
    insurance.insured_count,
    insurance.people_count,
    round(100 * insurance.insured_count / nullif(insurance.people_count, 0), 2) as insured_pct,
    round(100 * insurance.male_insured_count / nullif(insurance.male_people_count, 0), 2) as male_insured_pct,
    round(100 * insurance.female_insured_count / nullif(insurance.female_people_count, 0), 2) as female_insured_pct,
    insurance.threshold_value,
    case
        when insurance.insured_count is not null
            then greatest(ceil(insurance.people_count * insurance.threshold_value / 100 - insurance.insured_count), 0)
    end as missing_people,
    insurance.is_met,
    insurance.state_code,
    insurance.first_met_on
from marts.fct_health_insurance as insurance
inner join asked_period on insurance.reporting_period_id = asked_period.reporting_period_id
inner join marts.dim_administrative_unit as communes on insurance.unit_id = communes.unit_id
left join marts.dim_administrative_unit as senders on communes.reported_by_unit_id = senders.unit_id
order by insurance.is_met nulls last, insured_pct, insurance.unit_id
