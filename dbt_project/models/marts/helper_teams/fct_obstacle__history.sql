{{ config(
    materialized = 'incremental',
    incremental_strategy = 'append',
    on_schema_change = 'append_new_columns',
    pre_hook = "{{ forget_replaced() }}"
) }}

with

obstacles as (
    select * from {{ ref('stg_submissions__obstacles') }}
    {{ not_yet_held('judgement_id') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

-- a number belongs to the unit that reports it; a unit that has ended leaves its numbers, which begin with its code, to
-- those that report in its place
ended as (
    select
        periods.reporting_period_id,
        reporting_units.reporting_unit_id
    from {{ ref('stg_reference__reporting_units') }} as reporting_units
    inner join {{ ref('stg_reference__reporting_periods') }} as periods
        on reporting_units.valid_to <= periods.data_to
)

select
    {{ lineage('obstacles') }},
    coalesce(ended.reporting_unit_id, obstacles.reporting_unit_id) as register_unit_id,
    obstacles.obstacle_no,
    obstacles.kind_code,
    units.unit_id,
    obstacles.programme_code,
    obstacles.programme_part_code,
    obstacles.content_code,
    obstacles.project_no,
    obstacles.topic_code,
    obstacles.content,
    obstacles.title_code,
    cast(obstacles.criterion_no as int) as criterion_no,
    obstacles.raised_by_code,
    obstacles.agency_code,
    obstacles.raised_on,
    obstacles.is_within_authority,
    obstacles.addressee_code,
    obstacles.addressee_agency_code,
    obstacles.escalated_on,
    obstacles.due_on,
    obstacles.answered_on,
    obstacles.answer_document,
    obstacles.resolved_on,
    obstacles.result,
    obstacles.explanation
from obstacles
left join units
    on
        obstacles.reporting_period_id = units.reporting_period_id
        and obstacles.place_code = units.unit_code
left join ended
    on
        obstacles.reporting_period_id = ended.reporting_period_id
        and split_part(obstacles.obstacle_no, '-', 1) = ended.reporting_unit_id
