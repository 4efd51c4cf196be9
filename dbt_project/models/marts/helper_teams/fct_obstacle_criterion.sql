with

obstacles as (
    select * from {{ ref('fct_obstacle') }}
    where
        title_code is not null
        and criterion_no is not null
),

sets as (
    select * from {{ ref('int_set_of_period') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

marks as (
    select * from {{ ref('fct_criterion_status') }}
    where declared_mark is not null
),

blocked as (
    select
        obstacles.*,
        sets.criteria_set_code
    from obstacles
    inner join sets
        on
            obstacles.reporting_period_id = sets.reporting_period_id
            and obstacles.title_code = sets.title_code
),

-- every mark of the criterion, and where its period closed: before the obstacle was raised, since it was resolved
told as (
    select
        blocked.obstacle_id,
        marks.reporting_period_id,
        marks.declared_mark,
        periods.data_to,
        periods.data_to <= blocked.raised_on as is_before,
        coalesce(periods.data_to >= blocked.resolved_on, false) as is_since,
        coalesce(periods.data_to >= blocked.resolved_on, false) and marks.declared_mark in ('D', 'KAD') as is_met_since
    from blocked
    inner join marks
        on
            blocked.unit_id = marks.unit_id
            and blocked.criteria_set_code = marks.criteria_set_code
            and blocked.criterion_no = marks.criterion_no
    inner join periods on marks.reporting_period_id = periods.reporting_period_id
),

placed as (
    select
        told.*,
        row_number() over (partition by told.obstacle_id, told.is_before order by told.data_to desc) as place_before,
        row_number() over (partition by told.obstacle_id order by told.data_to desc) as place_latest,
        row_number() over (partition by told.obstacle_id, told.is_met_since order by told.data_to) as place_met
    from told
),

summed as (
    select
        placed.obstacle_id,
        max(case when placed.is_before and placed.place_before = 1 then placed.declared_mark end) as mark_when_raised,
        max(case when placed.place_latest = 1 then placed.declared_mark end) as latest_mark,
        max(case when placed.is_met_since and placed.place_met = 1 then placed.reporting_period_id end)
            as first_met_period_id,
        max(case when placed.is_since then 1 end) as has_mark_since
    from placed
    group by placed.obstacle_id
)

select
    blocked.obstacle_id,
    {{ lineage('blocked') }},
    blocked.kind_code,
    blocked.unit_id,
    blocked.criteria_set_code,
    blocked.criterion_no,
    blocked.raised_on,
    blocked.resolved_on,
    summed.mark_when_raised,
    summed.latest_mark,
    summed.first_met_period_id,
    case when summed.has_mark_since = 1 then summed.first_met_period_id is not null end as is_met_afterwards
from blocked
left join summed on blocked.obstacle_id = summed.obstacle_id
