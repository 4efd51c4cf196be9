with

evaluations as (
    {{ current_rows('fct_evaluation__history') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

reporting_units as (
    select * from {{ ref('stg_reference__reporting_units') }}
),

-- the head of a reporting unit is evaluated for the unit, which the report itself names
placed as (
    select
        evaluations.*,
        periods.year,
        coalesce(evaluations.unit_id, units.unit_id) as place_id
    from evaluations
    inner join periods on evaluations.reporting_period_id = periods.reporting_period_id
    inner join reporting_units on evaluations.reporting_unit_id = reporting_units.reporting_unit_id
    left join units
        on
            evaluations.reporting_period_id = units.reporting_period_id
            and reporting_units.unit_id = units.unit_id
)

select
    {{ identifier([
        'placed.reporting_period_id',
        'placed.reporting_unit_id',
        'placed.subject_code',
        'placed.agency_code',
        'placed.place_id',
        'placed.evaluator_code',
    ]) }} as evaluation_id,
    {{ lineage('placed') }},
    placed.year,
    placed.subject_code,
    placed.agency_code,
    placed.place_id as unit_id,
    placed.subject_name,
    placed.evaluator_code,
    placed.evaluated_on,
    placed.visit_points,
    placed.obstacle_points,
    placed.criteria_points,
    placed.support_points,
    placed.report_points,
    placed.total_points,
    placed.rating_code,
    placed.reminder_count,
    placed.last_reminded_on,
    placed.evidence_text,
    placed.explanation
from placed
