-- Câu hỏi 82. Ở mỗi xã, dân đã được biết, bàn, làm, kiểm tra, giám sát những gì; xã nào chưa có hoạt động nào?
-- Question 82. In each commune, what could residents know, discuss, do, check and supervise; where was there
-- nothing at all?
-- Items: 2.26
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn. Satisfaction of residents, the other half of the item, is a question of its own.
-- Grain: commune (xã valid on the closing day of P), P = the latest period of six months or a year closed by D. Counts
-- from the start of the report year; null = the unit's form of activities is not accepted for P (không có số liệu), 0 =
-- reported and nothing held. supervised = by the Front, the People's Council or the community.
with

periods as (
    select *
    from marts.dim_reporting_period
    where period_type in ('6_months', 'year') and data_to <= $day::date
    order by data_to desc
    limit 1
),

parts as (
    select distinct parts.reporting_unit_id
    from marts.fct_submission_part as parts
    inner join periods on parts.reporting_period_id = periods.reporting_period_id
    where parts.form = 'activities' and parts.is_current
),

communes as (
    select distinct units.unit_id, units.name_vi, expected.reporting_unit_id
    from marts.dim_administrative_unit as units
    inner join periods
        on
            units.valid_from <= periods.data_to
            and (units.valid_to is null or units.valid_to > periods.data_to)
    inner join marts.dim_reporting_unit as reporting_units
        on reporting_units.unit_id in (units.unit_id, units.parent_unit_id)
    inner join marts.fct_submission as expected
        on
            periods.reporting_period_id = expected.reporting_period_id
            and reporting_units.reporting_unit_id = expected.reporting_unit_id
    where units.is_rural_commune
),

counted as (
    select
        activities.unit_id,
        count(*) filter (activities.kind_code = 'publication') as published_count,
        count(*) filter (activities.kind_code = 'community_meeting') as discussed_count,
        count(*) filter (activities.kind_code = 'community_works') as done_count,
        count(*) filter (activities.kind_code = 'supervision') as supervised_count,
        sum(activities.finding_count) filter (activities.kind_code = 'supervision') as finding_count,
        sum(activities.handled_count) filter (activities.kind_code = 'supervision') as handled_count
    from marts.fct_activity as activities
    inner join periods on activities.activity_date between periods.data_from and periods.data_to
    group by activities.unit_id
)

select
    periods.reporting_period_id,
    communes.unit_id,
    communes.name_vi as commune_name,
    communes.reporting_unit_id,
    parts.reporting_unit_id is not null as is_reported,
    if(is_reported, coalesce(counted.published_count, 0), null) as published_count,
    if(is_reported, coalesce(counted.discussed_count, 0), null) as discussed_count,
    if(is_reported, coalesce(counted.done_count, 0), null) as done_count,
    if(is_reported, coalesce(counted.supervised_count, 0), null) as supervised_count,
    counted.finding_count,
    counted.handled_count,
    if(is_reported, greatest(
        counted.published_count, counted.discussed_count, counted.done_count, counted.supervised_count, 0
    ) = 0, null) as has_nothing
from communes
cross join periods
left join parts on communes.reporting_unit_id = parts.reporting_unit_id
left join counted on communes.unit_id = counted.unit_id
order by communes.reporting_unit_id, communes.unit_id
