with

evaluations as (
    select * from {{ ref('fct_evaluation') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

helper_periods as (
    select * from {{ ref('fct_helper_period') }}
),

summaries as (
    select * from {{ ref('fct_helper_summary') }}
),

statuses as (
    select statuses.*
    from {{ ref('fct_criterion_status') }} as statuses
    inner join {{ ref('int_set_of_period') }} as sets
        on
            statuses.reporting_period_id = sets.reporting_period_id
            and statuses.criteria_set_code = sets.criteria_set_code
    where sets.is_base_set and sets.subject_kind = 'commune'
),

submissions as (
    select * from {{ ref('fct_submission') }}
),

obstacles as (
    select
        obstacles.reporting_unit_id,
        obstacles.agency_code,
        obstacles.unit_id,
        periods.reporting_period_id,
        case when obstacles.resolved_on <= obstacles.last_day_in_time then 1 else 0 end as is_in_time
    from {{ ref('fct_obstacle') }} as obstacles
    inner join periods
        on
            periods.period_type = 'year'
            and obstacles.raised_on between periods.data_from and periods.data_to
    where obstacles.kind_code = 'obstacle'
),

-- what was done under the assignments of an agency in a commune, and what its year planned
helping as (
    select
        reporting_period_id,
        agency_code,
        unit_id,
        sum(visit_count) as visits
    from helper_periods
    group by reporting_period_id, agency_code, unit_id
),

planned as (
    select
        reporting_period_id,
        agency_code,
        unit_id,
        sum(planned_visit_count) as visits,
        sum(planned_criteria_count) as criteria,
        sum(support_vnd) as support_vnd,
        sum(planned_support_vnd) as planned_support_vnd
    from summaries
    group by reporting_period_id, agency_code, unit_id
),

-- periods of the year in which an agency helped the commune, and those whose summary names it
reported as (
    select
        periods.year,
        helper_periods.agency_code,
        helper_periods.unit_id,
        count(distinct helper_periods.reporting_period_id) as periods_owed,
        count(distinct case
            when helper_periods.reported_visit_count is not null then helper_periods.reporting_period_id
        end) as periods_reported
    from helper_periods
    inner join periods on helper_periods.reporting_period_id = periods.reporting_period_id
    group by periods.year, helper_periods.agency_code, helper_periods.unit_id
),

communes as (
    select
        reporting_period_id,
        reporting_unit_id,
        unit_id,
        criteria_set_code,
        count(*) as criteria,
        sum(case when declared_mark in ('D', 'KAD') then 1 else 0 end) as criteria_met
    from statuses
    group by reporting_period_id, reporting_unit_id, unit_id, criteria_set_code
),

districts as (
    select
        reporting_period_id,
        reporting_unit_id,
        sum(criteria) as criteria,
        sum(criteria_met) as criteria_met
    from communes
    group by reporting_period_id, reporting_unit_id
),

punctual as (
    select
        submissions.reporting_unit_id,
        periods.year,
        count(*) as reports_owed,
        sum(case when submissions.punctuality = 'on_time' then 1 else 0 end) as reports_on_time
    from submissions
    inner join periods on submissions.reporting_period_id = periods.reporting_period_id
    group by submissions.reporting_unit_id, periods.year
),

helper_obstacles as (
    select
        reporting_period_id,
        agency_code,
        unit_id,
        count(*) as raised,
        sum(is_in_time) as in_time
    from obstacles
    group by reporting_period_id, agency_code, unit_id
),

district_obstacles as (
    select
        reporting_period_id,
        reporting_unit_id,
        count(*) as raised,
        sum(is_in_time) as in_time
    from obstacles
    group by reporting_period_id, reporting_unit_id
),

helpers as (
    select
        evaluations.*,
        periods.same_period_last_year_id
    from evaluations
    inner join periods on evaluations.reporting_period_id = periods.reporting_period_id
    where evaluations.subject_code <> 'district_head'
),

heads as (
    select * from evaluations
    where subject_code = 'district_head'
)

select
    helpers.evaluation_id,
    'visits' as part_code,
    cast(helping.visits as decimal(24, 6)) as evidence_numerator,
    cast(planned.visits as decimal(24, 6)) as evidence_denominator
from helpers
left join helping
    on
        helpers.reporting_period_id = helping.reporting_period_id
        and helpers.agency_code = helping.agency_code
        and helpers.unit_id = helping.unit_id
left join planned
    on
        helpers.reporting_period_id = planned.reporting_period_id
        and helpers.agency_code = planned.agency_code
        and helpers.unit_id = planned.unit_id

union all

select
    helpers.evaluation_id,
    'support' as part_code,
    cast(planned.support_vnd as decimal(24, 6)) as evidence_numerator,
    cast(planned.planned_support_vnd as decimal(24, 6)) as evidence_denominator
from helpers
left join planned
    on
        helpers.reporting_period_id = planned.reporting_period_id
        and helpers.agency_code = planned.agency_code
        and helpers.unit_id = planned.unit_id

union all

-- criteria met now less those met a year before by the same set
select
    helpers.evaluation_id,
    'criteria' as part_code,
    cast(communes.criteria_met - communes_before.criteria_met as decimal(24, 6)) as evidence_numerator,
    cast(planned.criteria as decimal(24, 6)) as evidence_denominator
from helpers
left join planned
    on
        helpers.reporting_period_id = planned.reporting_period_id
        and helpers.agency_code = planned.agency_code
        and helpers.unit_id = planned.unit_id
left join communes
    on
        helpers.reporting_period_id = communes.reporting_period_id
        and helpers.unit_id = communes.unit_id
left join communes as communes_before
    on
        helpers.same_period_last_year_id = communes_before.reporting_period_id
        and helpers.unit_id = communes_before.unit_id
        and communes.criteria_set_code = communes_before.criteria_set_code

union all

select
    helpers.evaluation_id,
    'reports' as part_code,
    cast(reported.periods_reported as decimal(24, 6)) as evidence_numerator,
    cast(reported.periods_owed as decimal(24, 6)) as evidence_denominator
from helpers
left join reported
    on
        helpers.year = reported.year
        and helpers.agency_code = reported.agency_code
        and helpers.unit_id = reported.unit_id

union all

select
    heads.evaluation_id,
    'criteria' as part_code,
    cast(districts.criteria_met as decimal(24, 6)) as evidence_numerator,
    cast(districts.criteria as decimal(24, 6)) as evidence_denominator
from heads
left join districts
    on
        heads.reporting_period_id = districts.reporting_period_id
        and heads.reporting_unit_id = districts.reporting_unit_id

union all

select
    heads.evaluation_id,
    'reports' as part_code,
    cast(punctual.reports_on_time as decimal(24, 6)) as evidence_numerator,
    cast(punctual.reports_owed as decimal(24, 6)) as evidence_denominator
from heads
left join punctual
    on
        heads.reporting_unit_id = punctual.reporting_unit_id
        and heads.year = punctual.year

union all

-- an obstacle that was never raised leaves nothing to count
select
    helpers.evaluation_id,
    'obstacles' as part_code,
    cast(coalesce(helper_obstacles.in_time, 0) as decimal(24, 6)) as evidence_numerator,
    cast(coalesce(helper_obstacles.raised, 0) as decimal(24, 6)) as evidence_denominator
from helpers
left join helper_obstacles
    on
        helpers.reporting_period_id = helper_obstacles.reporting_period_id
        and helpers.agency_code = helper_obstacles.agency_code
        and helpers.unit_id = helper_obstacles.unit_id

union all

select
    heads.evaluation_id,
    'obstacles' as part_code,
    cast(coalesce(district_obstacles.in_time, 0) as decimal(24, 6)) as evidence_numerator,
    cast(coalesce(district_obstacles.raised, 0) as decimal(24, 6)) as evidence_denominator
from heads
left join district_obstacles
    on
        heads.reporting_period_id = district_obstacles.reporting_period_id
        and heads.reporting_unit_id = district_obstacles.reporting_unit_id
