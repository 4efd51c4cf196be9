-- Câu hỏi 20. Mỗi chỉ tiêu do sở, ngành nào phụ trách theo quyết định nào, còn nơi nào chưa đạt, từ bao giờ?
-- Question 20. Which department is in charge of each indicator by which decision, and where is it not met, since when?
-- Items: 1.17, 1.18, 1.25, 2.11
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: set x indicator x department in charge on the closing day of P, the latest period closed by D in which the set
-- was reported on. Indicators that nobody fails are rows with 0.
-- Counts are of units (communes, or districts for a set of theirs). decision_no is null where the province has assigned
-- nobody and the national set names the department. oldest_days run to D.
with

periods as (
    select *
    from marts.dim_reporting_period
    where
        period_type <> 'stage'
        and data_to <= $day::date
),

-- P by set: a quarter carries the districts' own criteria only
latest as (
    select
        results.criteria_set_code,
        max_by(periods.reporting_period_id, periods.data_to) as reporting_period_id,
        max(periods.data_to) as data_to
    from marts.fct_indicator_result as results
    inner join periods on results.reporting_period_id = periods.reporting_period_id
    group by results.criteria_set_code
),

reported as (
    select
        latest.criteria_set_code,
        latest.reporting_period_id,
        latest.data_to,
        results.indicator_no,
        any_value(units.province_code) as province_code,
        count(distinct results.unit_id) as reported_count
    from marts.fct_indicator_result as results
    inner join latest
        on
            results.criteria_set_code = latest.criteria_set_code
            and results.reporting_period_id = latest.reporting_period_id
    inner join marts.dim_administrative_unit as units on results.unit_id = units.unit_id
    where results.is_deciding
    group by all
),

unmet as (
    select
        unmet.reporting_period_id,
        unmet.criteria_set_code,
        unmet.indicator_no,
        count(*) as unmet_count,
        min(unmet.since_date) as oldest_since,
        string_agg(units.name_vi, ', ' order by unmet.since_date, unmet.unit_id) as unmet_units
    from marts.fct_unmet_indicator as unmet
    inner join marts.dim_administrative_unit as units on unmet.unit_id = units.unit_id
    group by all
)

select
    reported.criteria_set_code,
    reported.reporting_period_id,
    reported.indicator_no,
    indicators.indicator_name_vi as indicator_name,
    coalesce(assignments.agency_code, indicators.agency_code) as agency_code,
    agencies.name_vi as agency_name,
    assignments.decision_no,
    reported.reported_count,
    coalesce(unmet.unmet_count, 0) as unmet_count,
    $day::date - unmet.oldest_since as oldest_days,
    unmet.unmet_units
from reported
inner join marts.dim_indicator as indicators
    on
        reported.criteria_set_code = indicators.set_code
        and reported.indicator_no = indicators.indicator_no
left join marts.dim_agency_assignment as assignments
    on
        reported.criteria_set_code = assignments.set_code
        and reported.indicator_no = assignments.indicator_no
        and reported.province_code = assignments.province_code
        and assignments.valid_from <= reported.data_to
        and (assignments.valid_to is null or reported.data_to < assignments.valid_to)
left join marts.dim_agency as agencies
    on coalesce(assignments.agency_code, indicators.agency_code) = agencies.agency_code
left join unmet
    on
        reported.reporting_period_id = unmet.reporting_period_id
        and reported.criteria_set_code = unmet.criteria_set_code
        and reported.indicator_no = unmet.indicator_no
group by all
order by unmet_count desc, reported.criteria_set_code, any_value(indicators.sort_order)
