-- Câu hỏi 101. Mỗi kỳ có bao nhiêu lần đi cơ sở, quyết định công nhận, vướng mắc mới, cam kết hỗ trợ, theo ngày xảy ra?
-- Question 101. How many visits, recognition decisions, new obstacles and pledges fall in each period, by their day?
-- Items: 5.4, 5.11, 5.13
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit) x period of the report year of P(D), the latest period closed by D, x kind of
-- event. An event counts once, in the period whose own window (closing day to closing day) holds its day, whichever
-- report names it, so a visit told late moves no figure to another period. promised_vnd: of pledges. A period without
-- events of a kind has no row; events without a date are not counted here.
with

asked_period as (
    select *
    from marts.dim_reporting_period
    where period_type <> 'stage' and data_to <= $day::date
    order by data_to desc
    limit 1
),

events as (
    select
        'visit' as event_kind,
        activities.reporting_unit_id,
        activities.event_period_id,
        cast(null as decimal(20, 0)) as promised_vnd
    from marts.fct_helper_activity as activities
    where activities.kind_code = 'visit'
    union all
    select
        'recognition' as event_kind,
        recognitions.reporting_unit_id,
        recognitions.event_period_id,
        null as promised_vnd
    from marts.fct_recognition as recognitions
    union all
    select
        'obstacle' as event_kind,
        obstacles.reporting_unit_id,
        obstacles.event_period_id,
        null as promised_vnd
    from marts.fct_obstacle as obstacles
    where obstacles.kind_code = 'obstacle'
    union all
    select
        'support' as event_kind,
        support.reporting_unit_id,
        support.event_period_id,
        support.promised_vnd
    from marts.fct_support as support
),

dated as (
    select events.*
    from events
    inner join marts.dim_reporting_period as periods on events.event_period_id = periods.reporting_period_id
    inner join asked_period
        on
            periods.year = asked_period.year
            and periods.data_to <= asked_period.data_to
)

select
    if(grouping(reporting_unit_id) = 1, 'province', 'unit') as area_level,
    reporting_unit_id,
    event_period_id as reporting_period_id,
    event_kind,
    count(*) as event_count,
    sum(promised_vnd) as promised_vnd
from dated
group by grouping sets ((reporting_unit_id, event_period_id, event_kind), (event_period_id, event_kind))
order by event_period_id, event_kind, area_level, reporting_unit_id
