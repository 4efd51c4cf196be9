-- Câu hỏi 85. Sáu chương trình chuyên đề đạt gì so với kế hoạch: OCOP theo sao, du lịch, số, nước sạch, đường hoa,
-- hợp tác xã?
-- Question 85. What do the six thematic programmes reach against plan: OCOP by star, tourism, digital,
-- water, roads, cooperatives?
-- Items: 2.22, 4.5, 4.7, 4.11, 5.10
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit) x indicator, of P, the latest period of six months or a year
-- closed by D. Values add up over places within an indicator, never over indicators. A stock is what there is on the
-- closing day, a flow what came since the report year began. base_pct = value / base, from the sums of both, only of
-- places that report both; plan_pct likewise. valid_count = OCOP products less those whose certificate has expired.
-- focus_content: which of the four contents of the emulation movement the indicator belongs to (models and results).
with

periods as (
    select *
    from marts.dim_reporting_period
    where period_type in ('6_months', 'year') and data_to <= $day::date
    order by data_to desc
    limit 1
),

results as (
    select results.*
    from marts.fct_thematic_result as results
    inner join periods on results.reporting_period_id = periods.reporting_period_id
),

added as (
    select
        reporting_period_id,
        indicator_code,
        if(grouping(reporting_unit_id) = 1, 'province', 'unit') as area_level,
        reporting_unit_id,
        count(value) as place_count,
        sum(planned_value) as planned_value,
        sum(value) as value,
        sum(value) filter (planned_value is not null) as value_with_plan,
        sum(base_value) filter (value is not null) as base_value,
        sum(value) filter (base_value is not null) as value_with_base,
        sum(expired_count) as expired_count,
        min(next_expiry_on) as next_expiry_on
    from results
    group by grouping sets (
        (reporting_period_id, indicator_code, reporting_unit_id), (reporting_period_id, indicator_code)
    )
)

select
    added.reporting_period_id,
    added.area_level,
    added.reporting_unit_id,
    indicators.programme_code,
    added.indicator_code,
    indicators.name_vi as indicator_name,
    indicators.measure_unit,
    indicators.measure_kind,
    indicators.focus_content,
    added.place_count,
    added.planned_value,
    added.value,
    round(100.0 * added.value_with_plan / nullif(added.planned_value, 0), 2) as plan_pct,
    added.base_value,
    round(100.0 * added.value_with_base / nullif(added.base_value, 0), 2) as base_pct,
    added.expired_count,
    if(indicators.has_expiry, added.value - added.expired_count, null) as valid_count,
    added.next_expiry_on
from added
inner join marts.dim_thematic_indicator as indicators on added.indicator_code = indicators.indicator_code
order by added.area_level, added.reporting_unit_id, indicators.sort_order
