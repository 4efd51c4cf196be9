-- Câu hỏi 18. Từ đầu năm, mỗi đơn vị báo cáo có thêm, lấy lại, để mất bao nhiêu tiêu chí, mất do đâu?
-- Question 18. Since the start of the year, how many criteria did each reporting unit gain, regain and lose, and why
-- lost?
-- Items: 1.12, 1.27, 2.12
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit) x title whose set judges, over the communes; changes of the periods of the
-- report year of D closed by D, each against the report before it. Units without a change are not listed.
-- A criterion may be lost and regained in one year: both are counted. net_count = gained + regained - lost.
-- A loss by a new threshold or a new set is no regression; same_rules is.
with

asked_period as (
    select
        year as report_year,
        data_to
    from marts.dim_reporting_period
    where
        period_type <> 'stage'
        and data_to <= $day::date
    order by data_to desc
    limit 1
),

changes as (
    select
        changes.*,
        units.reported_by_unit_id
    from marts.fct_criterion_change as changes
    inner join marts.dim_reporting_period as periods on changes.reporting_period_id = periods.reporting_period_id
    inner join asked_period
        on
            periods.year = asked_period.report_year
            and periods.data_to <= asked_period.data_to
    inner join marts.dim_administrative_unit as units on changes.unit_id = units.unit_id
    where changes.subject_level = 'commune'
)

select
    if(grouping(changes.reported_by_unit_id) = 1, 'province', 'unit') as area_level,
    changes.reported_by_unit_id as area_unit_id,
    case when grouping(changes.reported_by_unit_id) = 0 then any_value(senders.name_vi) end as area_name,
    changes.title_code,
    count(*) filter (changes.change_code = 'gained') as gained_count,
    count(*) filter (changes.change_code = 'regained') as regained_count,
    count(*) filter (changes.change_code = 'lost') as lost_count,
    count(*) filter (changes.change_code = 'lost' and changes.cause_code = 'same_rules') as lost_same_rules_count,
    count(*) filter (changes.change_code = 'lost' and changes.cause_code = 'new_threshold')
        as lost_new_threshold_count,
    count(*) filter (changes.change_code = 'lost' and changes.cause_code = 'new_set') as lost_new_set_count,
    count(*) filter (changes.change_code <> 'lost') - count(*) filter (changes.change_code = 'lost') as net_count,
    count(distinct changes.unit_id) filter (changes.change_code = 'lost') as losing_commune_count
from changes
left join marts.dim_administrative_unit as senders on changes.reported_by_unit_id = senders.unit_id
group by grouping sets ((changes.title_code), (changes.title_code, changes.reported_by_unit_id))
order by area_level, area_unit_id, changes.title_code
