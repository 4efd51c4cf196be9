with

roadmap as (
    {{ current_rows('fct_roadmap_milestone__history') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

-- reviews are due once in each half year: that of the six months, and what the year adds to it
windows as (
    select
        periods.reporting_period_id,
        periods.data_to,
        case
            when periods.period_type = 'year' then coalesce(nine_months.discrete_from, periods.data_from)
            else periods.data_from
        end as window_from
    from periods
    left join periods as nine_months
        on
            periods.year = nine_months.year
            and nine_months.period_type = '9_months'
),

milestones as (
    select
        roadmap.reporting_period_id,
        roadmap.reporting_unit_id,
        roadmap.unit_id,
        roadmap.title_code,
        roadmap.stage_code,
        roadmap.criteria_set_code,
        roadmap.criterion_no,
        roadmap.milestone_no,
        max(roadmap.actual_on) as actual_on,
        max(roadmap.reviewed_on) as reviewed_on
    from roadmap
    group by
        roadmap.reporting_period_id,
        roadmap.reporting_unit_id,
        roadmap.unit_id,
        roadmap.title_code,
        roadmap.stage_code,
        roadmap.criteria_set_code,
        roadmap.criterion_no,
        roadmap.milestone_no
),

criteria as (
    select
        milestones.reporting_period_id,
        milestones.reporting_unit_id,
        milestones.unit_id,
        milestones.title_code,
        milestones.stage_code,
        milestones.criteria_set_code,
        milestones.criterion_no,
        count(*) as milestone_count,
        count(milestones.actual_on) as milestone_done_count,
        max(milestones.reviewed_on) as reviewed_on
    from milestones
    group by
        milestones.reporting_period_id,
        milestones.reporting_unit_id,
        milestones.unit_id,
        milestones.title_code,
        milestones.stage_code,
        milestones.criteria_set_code,
        milestones.criterion_no
)

select
    criteria.reporting_period_id,
    criteria.reporting_unit_id,
    criteria.unit_id,
    criteria.title_code,
    criteria.stage_code,
    criteria.criteria_set_code,
    criteria.criterion_no,
    cast(criteria.milestone_count as int) as milestone_count,
    cast(criteria.milestone_done_count as int) as milestone_done_count,
    criteria.reviewed_on,
    windows.window_from,
    coalesce(criteria.reviewed_on between windows.window_from and windows.data_to, false) as is_reviewed
from criteria
inner join windows on criteria.reporting_period_id = windows.reporting_period_id
