{#-
  The numeric columns of the facts, as their YAML declares them: one dictionary per column with mart, measure, label_vi,
  data_type, additivity, within, row_grain and row_key. None before dbt knows the graph. Histories add like their facts.
-#}
{% macro measure_definitions() -%}
    {%- set measures = [] %}
    {%- if execute %}
    {%- set keys = {} %}
    {%- for test in graph.nodes.values() if test.resource_type == 'test' and test.test_metadata %}
    {%- if test.test_metadata.name == 'unique_key' %}
    {%- do keys.update({test.attached_node: test.test_metadata.kwargs.columns}) %}
    {%- endif %}
    {%- endfor %}
    {%- for node in graph.nodes.values() | sort(attribute='name')
        if node.resource_type == 'model' and node.name.startswith('fct_') and not node.name.endswith('__history') %}
    {%- set key = keys.get(node.unique_id, []) %}
    {%- set is_of_period = 'reporting_period_id' in key or 'result_period_id' in key %}
    {%- for column in node.columns.values() if column.config.meta.additivity is defined %}
    {%- do measures.append({
        'mart': node.name,
        'measure': column.name,
        'label_vi': column.config.meta.label_vi,
        'data_type': column.data_type,
        'additivity': column.config.meta.additivity,
        'within': column.config.meta.get('within', []),
        'row_grain': 'period' if is_of_period else 'register',
        'row_key': key | reject('equalto', 'reporting_period_id') | list,
    }) %}
    {%- endfor %}
    {%- endfor %}
    {%- endif %}
    {{ return(measures) }}
{%- endmacro %}

{#- What stands for the measures while none is known, so that the model can be read by a linter. -#}
{% macro no_measure() -%}
    select
        cast(null as string) as mart,
        cast(null as string) as measure,
        cast(null as string) as label_vi,
        cast(null as string) as data_type,
        cast(null as string) as additivity,
        cast(null as string) as within_columns,
        cast(null as string) as row_grain,
        cast(null as string) as row_key,
        cast(null as int) as sort_order
{%- endmacro %}
