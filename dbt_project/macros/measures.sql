{#-
  The numeric columns of the facts, as their YAML declares them: one dictionary per column with mart, measure, label_vi,
  data_type, additivity, cumulative_where, plan_year, within, row_grain, row_key, and stated_by: the form whose part in a report
  tells whether the figure was asked of the unit. None before dbt knows the graph. Histories add like their facts.
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
        'cumulative_where': column.config.meta.get('cumulative_where'),
        'plan_year': column.config.meta.get('plan_year'),
        'stated_by': column.config.meta.get('stated_by', node.config.meta.get('stated_by')),
        'within': column.config.meta.get('within', []),
        'row_grain': 'period' if is_of_period else 'register',
        'has_unit': 'unit_id' in node.columns,
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
        cast(null as string) as cumulative_where,
        cast(null as string) as plan_year_column,
        cast(null as string) as stated_by,
        cast(null as string) as within_columns,
        cast(null as string) as row_grain,
        cast(null as string) as row_key,
        cast(null as int) as sort_order
{%- endmacro %}

{#- The measures that count from the start of the report year, in facts with a row per period. -#}
{% macro cumulative_measures() -%}
    {%- set measures = [] %}
    {%- for measure in measure_definitions()
        if measure.row_grain == 'period' and measure.stated_by
        and (measure.additivity == 'cumulative' or measure.cumulative_where) %}
    {%- do measures.append(measure) %}
    {%- endfor %}
    {{ return(measures) }}
{%- endmacro %}

{#- Values of some columns in one text, parted by |, null read as empty. -#}
{% macro joined_text(columns) -%}
    {%- for column in columns -%}
    coalesce(cast({{ column }} as string), ''){{ " || '|' || " if not loop.last }}
    {%- else -%}
    ''
    {%- endfor -%}
{%- endmacro %}

{#- One measure of one fact as rows of discrete_amounts. -#}
{% macro cumulative_amount(measure, relation=none) -%}
    select
        '{{ measure.mart }}' as mart,
        '{{ measure.measure }}' as measure,
        '{{ measure.stated_by }}' as stated_by,
        rows.reporting_period_id,
        rows.reporting_unit_id,
        rows.submission_id,
        rows.judgement_id,
        rows.form,
        rows.sheet,
        rows.row_id,
        rows.known_at,
        {{ 'rows.unit_id' if measure.has_unit else 'cast(null as string)' }} as unit_id,
        {{ joined_text(measure.row_key | reject('in', ['unit_id', 'reporting_unit_id'])) }} as row_key,
        {{ joined_text(measure.within) }} as within_values,
        cast(rows.{{ measure.measure }} as decimal(24, 6)) as amount
    from {{ relation or ref(measure.mart) }} as rows
    {%- if measure.cumulative_where %}
    where rows.{{ measure.cumulative_where }}
    {%- endif %}
{%- endmacro %}

{#- What stands for the amounts while no measure is known, so that the model can be read by a linter. -#}
{% macro no_cumulative_amount() -%}
    select
        cast(null as string) as mart,
        cast(null as string) as measure,
        cast(null as string) as stated_by,
        cast(null as string) as reporting_period_id,
        cast(null as string) as reporting_unit_id,
        cast(null as string) as submission_id,
        cast(null as string) as judgement_id,
        cast(null as string) as form,
        cast(null as string) as sheet,
        cast(null as string) as row_id,
        cast(null as timestamptz) as known_at,
        cast(null as string) as unit_id,
        cast(null as string) as row_key,
        cast(null as string) as within_values,
        cast(null as decimal(24, 6)) as amount
{%- endmacro %}

{#- The measures that may be added and whose reports are known by a form, in facts with a row per period. -#}
{% macro stated_measures() -%}
    {%- set measures = [] %}
    {%- for measure in measure_definitions()
        if measure.row_grain == 'period' and measure.stated_by and measure.additivity in ('cumulative', 'yearly', 'stock') %}
    {%- do measures.append(measure) %}
    {%- endfor %}
    {{ return(measures) }}
{%- endmacro %}

{#-
  One measure of one fact, summed over the rows of a place and period. What a plan year was given is stated again in the
  years that it is carried over to: those rows are left out, so that years can be added.
-#}
{% macro year_amount(measure) -%}
    select
        '{{ measure.mart }}' as mart,
        '{{ measure.measure }}' as measure,
        '{{ measure.stated_by }}' as stated_by,
        {%- if measure.cumulative_where %}
        case when rows.{{ measure.cumulative_where }} then 'cumulative' else '{{ measure.additivity }}' end as additivity,
        {%- else %}
        '{{ measure.additivity }}' as additivity,
        {%- endif %}
        rows.reporting_period_id,
        rows.reporting_unit_id,
        {{ 'rows.unit_id' if measure.has_unit else 'cast(null as string)' }} as unit_id,
        {{ joined_text(measure.within) }} as within_values,
        cast(sum(rows.{{ measure.measure }}) as decimal(28, 6)) as amount,
        count(rows.{{ measure.measure }}) as stated_count,
        count(*) - count(rows.{{ measure.measure }}) as blank_count
    from {{ ref(measure.mart) }} as rows
    {%- if measure.plan_year %}
    inner join {{ ref('stg_reference__reporting_periods') }} as periods
        on
            rows.reporting_period_id = periods.reporting_period_id
            and rows.{{ measure.plan_year }} = periods.year
    {%- endif %}
    group by 1, 2, 3, 4, 5, 6, 7, 8
{%- endmacro %}

{#- What stands for these sums while no measure is known, so that the model can be read by a linter. -#}
{% macro no_year_amount() -%}
    select
        cast(null as string) as mart,
        cast(null as string) as measure,
        cast(null as string) as stated_by,
        cast(null as string) as additivity,
        cast(null as string) as reporting_period_id,
        cast(null as string) as reporting_unit_id,
        cast(null as string) as unit_id,
        cast(null as string) as within_values,
        cast(null as decimal(28, 6)) as amount,
        0 as stated_count,
        0 as blank_count
{%- endmacro %}
