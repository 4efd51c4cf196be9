-- Câu hỏi 23. Thu nhập, giảm nghèo, bảo hiểm y tế, an toàn thực phẩm, môi trường, an ninh: bao nhiêu xã đạt?
-- Question 23. Income, poverty, health insurance, food safety, environment, security: how many communes meet each?
-- Items: 2.16
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit) x content x criteria set, at the latest period closed by D with figures.
-- A commune meets a content when every indicator of it in the set is met or does not apply; by its figures, else
-- as declared. Denominator: communes that reported on the set. A commune with an unknown indicator and none failed
-- is counted apart.
with

matrix_period as (
    select max_by(results.reporting_period_id, periods.data_to) as reporting_period_id
    from marts.fct_indicator_result as results
    inner join marts.dim_reporting_period as periods on results.reporting_period_id = periods.reporting_period_id
    where
        results.subject_level = 'commune'
        and periods.data_to <= $day::date
),

communes as (
    select
        results.reporting_period_id,
        units.reported_by_unit_id,
        results.unit_id,
        results.criteria_set_code,
        topics.topic_code,
        any_value(topics.label_vi) as topic_name,
        any_value(topics.sort_order) as sort_order,
        bool_or(coalesce(results.computed_verdict, results.declared_verdict) = 'CD') as has_failed,
        count(*) = count(coalesce(results.computed_verdict, results.declared_verdict)) as is_known
    from marts.fct_indicator_result as results
    inner join matrix_period on results.reporting_period_id = matrix_period.reporting_period_id
    inner join marts.dim_indicator_topic as topics
        on
            results.criteria_set_code = topics.set_code
            and results.indicator_no = topics.indicator_no
    inner join marts.dim_administrative_unit as units on results.unit_id = units.unit_id
    where results.is_deciding
    group by all
)

select
    any_value(communes.reporting_period_id) as reporting_period_id,
    if(grouping(communes.reported_by_unit_id) = 1, 'province', 'unit') as area_level,
    communes.reported_by_unit_id as area_unit_id,
    communes.criteria_set_code,
    communes.topic_code,
    any_value(communes.topic_name) as topic_name,
    count(*) as reported_count,
    count(*) filter (not coalesce(communes.has_failed, false) and communes.is_known) as met_count,
    count(*) filter (communes.has_failed) as failed_count,
    count(*) filter (not coalesce(communes.has_failed, false) and not communes.is_known) as unknown_count,
    round(100.0 * met_count / count(*), 2) as met_pct,
    string_agg(units.name_vi, ', ' order by communes.unit_id) filter (communes.has_failed) as failed_communes
from communes
inner join marts.dim_administrative_unit as units on communes.unit_id = units.unit_id
group by grouping sets (
    (communes.criteria_set_code, communes.topic_code),
    (communes.criteria_set_code, communes.topic_code, communes.reported_by_unit_id)
)
order by area_level, area_unit_id, communes.criteria_set_code, any_value(communes.sort_order)
