with

evaluations as (
    select
        evaluations.*,
        periods.same_period_last_year_id
    from {{ ref('fct_evaluation') }} as evaluations
    inner join {{ ref('stg_reference__reporting_periods') }} as periods
        on evaluations.reporting_period_id = periods.reporting_period_id
    where evaluations.subject_code <> 'unit_head'
),

helper_periods as (
    select
        helper_periods.*,
        periods.year
    from {{ ref('fct_helper_period') }} as helper_periods
    inner join {{ ref('stg_reference__reporting_periods') }} as periods
        on helper_periods.reporting_period_id = periods.reporting_period_id
),

communes as (
    select * from {{ ref('int_commune_criteria_count') }}
),

-- what was done under the assignments of an agency in a commune
done as (
    select
        reporting_period_id,
        agency_code,
        unit_id,
        sum(visit_count) as visits
    from helper_periods
    group by reporting_period_id, agency_code, unit_id
),

-- what its year planned, and what the reporting unit sums up
summed as (
    select
        reporting_period_id,
        agency_code,
        unit_id,
        sum(planned_visit_count) as planned_visits,
        sum(planned_criteria_count) as planned_criteria,
        sum(support_vnd) as support_vnd,
        sum(planned_support_vnd) as planned_support_vnd
    from {{ ref('fct_helper_summary') }}
    group by reporting_period_id, agency_code, unit_id
),

-- periods of the year in which an agency helped the commune, and those whose summary names it
reported as (
    select
        year,
        agency_code,
        unit_id,
        count(distinct reporting_period_id) as periods_owed,
        count(distinct case when reported_visit_count is not null then reporting_period_id end) as periods_reported
    from helper_periods
    group by year, agency_code, unit_id
),

obstacles as (
    select
        reporting_period_id,
        agency_code,
        unit_id,
        count(*) as raised,
        sum(is_resolved_in_time) as resolved_in_time
    from {{ ref('int_obstacle_of_year') }}
    group by reporting_period_id, agency_code, unit_id
),

counted as (
    select
        evaluations.evaluation_id,
        done.visits,
        summed.planned_visits,
        summed.support_vnd,
        summed.planned_support_vnd,
        communes.criteria_met - communes_before.criteria_met as gained_criteria,
        summed.planned_criteria,
        reported.periods_reported,
        reported.periods_owed,
        coalesce(obstacles.resolved_in_time, 0) as resolved_in_time,
        coalesce(obstacles.raised, 0) as raised
    from evaluations
    left join done
        on
            evaluations.reporting_period_id = done.reporting_period_id
            and evaluations.agency_code = done.agency_code
            and evaluations.unit_id = done.unit_id
    left join summed
        on
            evaluations.reporting_period_id = summed.reporting_period_id
            and evaluations.agency_code = summed.agency_code
            and evaluations.unit_id = summed.unit_id
    left join reported
        on
            evaluations.year = reported.year
            and evaluations.agency_code = reported.agency_code
            and evaluations.unit_id = reported.unit_id
    left join obstacles
        on
            evaluations.reporting_period_id = obstacles.reporting_period_id
            and evaluations.agency_code = obstacles.agency_code
            and evaluations.unit_id = obstacles.unit_id
    left join communes
        on
            evaluations.reporting_period_id = communes.reporting_period_id
            and evaluations.unit_id = communes.unit_id
    left join communes as communes_before
        on
            evaluations.same_period_last_year_id = communes_before.reporting_period_id
            and evaluations.unit_id = communes_before.unit_id
            and communes.criteria_set_code = communes_before.criteria_set_code
)

{% set parts = {
    'visits': ('visits', 'planned_visits'),
    'obstacles': ('resolved_in_time', 'raised'),
    'criteria': ('gained_criteria', 'planned_criteria'),
    'support': ('support_vnd', 'planned_support_vnd'),
    'reports': ('periods_reported', 'periods_owed'),
} -%}
{% for part, (numerator, denominator) in parts.items() %}
select
    counted.evaluation_id,
    '{{ part }}' as part_code,
    cast(counted.{{ numerator }} as decimal(24, 6)) as evidence_numerator,
    cast(counted.{{ denominator }} as decimal(24, 6)) as evidence_denominator
from counted
{% if not loop.last %}union all{% endif %}
{% endfor %}
