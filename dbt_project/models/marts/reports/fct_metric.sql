-- depends_on: {{ ref('fct_commune_flag') }}
-- depends_on: {{ ref('fct_commune_profile') }}
-- depends_on: {{ ref('fct_criterion_status') }}
-- depends_on: {{ ref('fct_health_insurance') }}
-- depends_on: {{ ref('fct_target') }}
-- depends_on: {{ ref('fct_task_progress') }}
-- depends_on: {{ ref('fct_submission') }}
-- depends_on: {{ ref('int_budget_line') }}
-- depends_on: {{ ref('int_commune_in_period') }}
-- depends_on: {{ ref('fct_helper_period') }}
-- depends_on: {{ ref('int_helper_period_in_force') }}

with

{%- set definitions = metric_definitions() %}

parts as (
    {%- for metric in definitions %}
    {%- set last_metric = loop.last %}
    {%- for area_level in (['commune'] if metric.by_commune is defined else []) + ['unit', 'province'] %}
    {{ metric_parts(metric, area_level) }}
    {{ "union all" if not (last_metric and loop.last) }}
    {%- endfor %}
    {%- else %}
    {{ no_metric_parts() }}
    {%- endfor %}
)

select
    parts.metric_code,
    parts.reporting_period_id,
    parts.area_level,
    parts.area_id,
    parts.numerator,
    parts.denominator,
    cast(parts.numerator * parts.scale / nullif(parts.denominator, 0) as decimal(18, 4)) as value
from parts
where
    parts.numerator is not null
    or parts.denominator is not null
