{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

evaluations as (
    select * from {{ ref('stg_submissions__evaluations') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

reporting_units as (
    select * from {{ ref('stg_reference__reporting_units') }}
)

select
    {{ lineage('evaluations') }},
    evaluations.subject_code,
    evaluations.agency_code,
    coalesce(units.unit_id, own_units.unit_id) as unit_id,
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
    cast(evaluations.reminder_count as int) as reminder_count,
    evaluations.last_reminded_on,
    evaluations.evidence_text,
    evaluations.explanation
from evaluations
left join units
    on
        evaluations.reporting_period_id = units.reporting_period_id
        and evaluations.commune_code = units.unit_code
-- the head of a reporting unit is evaluated for the unit, which the report itself names
left join reporting_units on evaluations.reporting_unit_id = reporting_units.reporting_unit_id
left join units as own_units
    on
        evaluations.reporting_period_id = own_units.reporting_period_id
        and reporting_units.unit_id = own_units.unit_id
