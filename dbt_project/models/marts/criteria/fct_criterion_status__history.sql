{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

summary as (
    select * from {{ ref('stg_submissions__criteria_summary') }}
    {{ not_yet_held('judgement_id') }}
),

townships as (
    select * from {{ ref('stg_submissions__township_criteria') }}
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
),

parts as (
    select * from {{ ref('int_criterion_part') }}
),

-- the unit's own form has marks by indicator only: a criterion is met when each of them is met or does not apply
own_marks as (
    select
        unit_results.reporting_period_id,
        unit_results.reporting_unit_id,
        unit_results.submission_id,
        unit_results.judgement_id,
        unit_results.form,
        unit_results.sheet,
        min(unit_results.row_id) as row_id,
        unit_results.known_at,
        unit_results.criteria_set_code,
        parts.criterion_no,
        case
            when sum(case when unit_results.verdict = 'CD' then 1 else 0 end) > 0 then 'CD'
            when sum(case when unit_results.verdict in ('D', 'KAD') then 1 else 0 end) = max(parts.part_count) then 'D'
        end as declared_mark
    from unit_results
    inner join parts
        on
            unit_results.criteria_set_code = parts.criteria_set_code
            and unit_results.indicator_no = parts.indicator_no
            and unit_results.part_code = parts.part_code
    group by
        unit_results.reporting_period_id,
        unit_results.reporting_unit_id,
        unit_results.submission_id,
        unit_results.judgement_id,
        unit_results.form,
        unit_results.sheet,
        unit_results.known_at,
        unit_results.criteria_set_code,
        parts.criterion_no
)

select
    {{ lineage('summary') }},
    units.unit_id,
    cast('commune' as string) as subject_level,
    summary.criteria_set_code,
    try_cast(summary.criterion_no as int) as criterion_no,
    summary.mark as declared_mark,
    summary.explanation
from summary
left join units
    on
        summary.reporting_period_id = units.reporting_period_id
        and summary.commune_code = units.unit_code

union all

select
    {{ lineage('own_marks') }},
    reporting_units.unit_id,
    cast('district' as string) as subject_level,
    own_marks.criteria_set_code,
    own_marks.criterion_no,
    own_marks.declared_mark,
    cast(null as string) as explanation
from own_marks
left join reporting_units on own_marks.reporting_unit_id = reporting_units.reporting_unit_id

union all

select
    {{ lineage('townships') }},
    units.unit_id,
    cast('township_ward' as string) as subject_level,
    townships.criteria_set_code,
    try_cast(townships.criterion_no as int) as criterion_no,
    townships.mark as declared_mark,
    townships.explanation
from townships
left join units
    on
        townships.reporting_period_id = units.reporting_period_id
        and townships.commune_code = units.unit_code
