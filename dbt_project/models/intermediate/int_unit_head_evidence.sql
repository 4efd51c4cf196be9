with

heads as (
    select * from {{ ref('fct_evaluation') }}
    where subject_code = 'unit_head'
),

criteria as (
    select
        reporting_period_id,
        reporting_unit_id,
        sum(criteria) as criteria,
        sum(criteria_met) as criteria_met
    from {{ ref('int_commune_criteria_count') }}
    group by reporting_period_id, reporting_unit_id
),

punctual as (
    select
        submissions.reporting_unit_id,
        periods.year,
        count(*) as reports_owed,
        sum(case when submissions.punctuality = 'on_time' then 1 else 0 end) as reports_on_time
    from {{ ref('fct_submission') }} as submissions
    inner join {{ ref('stg_reference__reporting_periods') }} as periods
        on submissions.reporting_period_id = periods.reporting_period_id
    group by submissions.reporting_unit_id, periods.year
),

obstacles as (
    select
        reporting_period_id,
        reporting_unit_id,
        count(*) as raised,
        sum(is_resolved_in_time) as resolved_in_time
    from {{ ref('int_obstacle_of_year') }}
    group by reporting_period_id, reporting_unit_id
),

counted as (
    select
        heads.evaluation_id,
        criteria.criteria_met,
        criteria.criteria,
        punctual.reports_on_time,
        punctual.reports_owed,
        coalesce(obstacles.resolved_in_time, 0) as resolved_in_time,
        coalesce(obstacles.raised, 0) as raised
    from heads
    left join criteria
        on
            heads.reporting_period_id = criteria.reporting_period_id
            and heads.reporting_unit_id = criteria.reporting_unit_id
    left join punctual
        on
            heads.reporting_unit_id = punctual.reporting_unit_id
            and heads.year = punctual.year
    left join obstacles
        on
            heads.reporting_period_id = obstacles.reporting_period_id
            and heads.reporting_unit_id = obstacles.reporting_unit_id
)

{% set parts = {
    'obstacles': ('resolved_in_time', 'raised'),
    'criteria': ('criteria_met', 'criteria'),
    'reports': ('reports_on_time', 'reports_owed'),
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
