{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

commune_results as (
    select * from {{ ref('stg_submissions__criteria_results') }}
    {{ not_yet_held('judgement_id') }}
),

unit_results as (
    select * from {{ ref('stg_submissions__unit_criteria') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

reporting_units as (
    select * from {{ ref('stg_reference__reporting_units') }}
)

select
    {{ lineage('commune_results') }},
    units.unit_id,
    cast('commune' as string) as subject_level,
    commune_results.criteria_set_code,
    commune_results.indicator_no,
    commune_results.part_code,
    cast(commune_results.data_year as int) as data_year,
    commune_results.numerator,
    commune_results.denominator,
    commune_results.value,
    commune_results.verdict as declared_verdict,
    cast(null as string) as owner_name,
    cast(null as date) as planned_date,
    commune_results.explanation
from commune_results
left join units
    on
        commune_results.reporting_period_id = units.reporting_period_id
        and commune_results.commune_code = units.unit_code

union all

select
    {{ lineage('unit_results') }},
    reporting_units.unit_id,
    cast('district' as string) as subject_level,
    unit_results.criteria_set_code,
    unit_results.indicator_no,
    unit_results.part_code,
    cast(extract(year from unit_results.data_date) as int) as data_year,
    cast(null as decimal(24, 6)) as numerator,
    cast(null as decimal(24, 6)) as denominator,
    unit_results.value,
    unit_results.verdict as declared_verdict,
    unit_results.owner_name,
    unit_results.planned_date,
    unit_results.explanation
from unit_results
left join reporting_units on unit_results.reporting_unit_id = reporting_units.reporting_unit_id
