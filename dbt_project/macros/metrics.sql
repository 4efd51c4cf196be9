{#- The published ratios, as models/marts/reports/fct_metric.yml defines them; none before dbt knows the graph. -#}
{% macro metric_definitions() -%}
    {%- set node = graph.nodes.get('model.ntm.fct_metric') if execute else none -%}
    {{ return(node.config.meta.metrics if node else []) }}
{%- endmacro %}

{#- Numerator and denominator of one metric by period in one level of area: summed from rows, never from ratios. -#}
{% macro metric_parts(metric, area_level) -%}
    {%- set area = {'commune': 'rows.unit_id', 'unit': 'rows.reporting_unit_id'}.get(area_level) -%}
    {%- set period = 'rows.' ~ (metric.period or 'reporting_period_id') %}
    select
        '{{ metric.code }}' as metric_code,
        {{ period }} as reporting_period_id,
        '{{ area_level }}' as area_level,
        {{ area or 'cast(null as string)' }} as area_id,
        cast({{ metric.numerator }} as decimal(28, 4)) as numerator,
        cast({{ metric.denominator }} as decimal(28, 4)) as denominator,
        {{ 100 if metric.unit == '%' else 1 }} as scale
    from {{ ref(metric.mart) }} as rows
    {%- if metric.where is defined %}
    where {{ metric.where }}
    {%- endif %}
    group by {{ period }}{{ ', ' ~ area if area }}
{%- endmacro %}

{#- What stands for the parts while no definition is known, so that the model can be read by a linter. -#}
{% macro no_metric_parts() -%}
    select
        cast(null as string) as metric_code,
        cast(null as string) as reporting_period_id,
        cast(null as string) as area_level,
        cast(null as string) as area_id,
        cast(null as decimal(28, 4)) as numerator,
        cast(null as decimal(28, 4)) as denominator,
        1 as scale
{%- endmacro %}

{#- In a model that groups fct_metric by period and area: a metric's value, its numerator, its denominator. -#}
{% macro metric_value(code) -%}
    max(case when metrics.metric_code = '{{ code }}' then metrics.value end)
{%- endmacro %}

{% macro metric_numerator(code, type='int') -%}
    cast(max(case when metrics.metric_code = '{{ code }}' then metrics.numerator end) as {{ type }})
{%- endmacro %}

{% macro metric_denominator(code, type='int') -%}
    cast(max(case when metrics.metric_code = '{{ code }}' then metrics.denominator end) as {{ type }})
{%- endmacro %}
