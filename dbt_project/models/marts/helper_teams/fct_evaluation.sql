with

evaluations as (
    {{ current_rows('fct_evaluation__history') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
)

select
    {{ identifier([
        'evaluations.reporting_period_id',
        'evaluations.reporting_unit_id',
        'evaluations.subject_code',
        'evaluations.agency_code',
        'evaluations.unit_id',
        'evaluations.evaluator_code',
    ]) }} as evaluation_id,
    {{ lineage('evaluations') }},
    periods.year,
    evaluations.subject_code,
    evaluations.agency_code,
    evaluations.unit_id,
    evaluations.subject_name,
    evaluations.evaluator_code,
    evaluations.evaluated_on,
    evaluations.visit_points,
    evaluations.obstacle_points,
    evaluations.criteria_points,
    evaluations.support_points,
    evaluations.report_points,
    evaluations.total_points,
    evaluations.rating_code,
    evaluations.reminder_count,
    evaluations.last_reminded_on,
    evaluations.evidence_text,
    evaluations.explanation
from evaluations
inner join periods on evaluations.reporting_period_id = periods.reporting_period_id
