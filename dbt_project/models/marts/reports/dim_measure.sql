{%- set definitions = measure_definitions() %}

{%- for measure in definitions %}
select
    '{{ measure.mart }}' as mart,
    '{{ measure.measure }}' as measure,
    '{{ measure.label_vi }}' as label_vi,
    '{{ measure.data_type }}' as data_type,
    '{{ measure.additivity }}' as additivity,
    cast({{ "'" ~ (measure.cumulative_where | replace("'", "''")) ~ "'" if measure.cumulative_where else 'null' }} as string)
        as cumulative_where,
    cast({{ "'" ~ measure.plan_year ~ "'" if measure.plan_year else 'null' }} as string) as plan_year_column,
    cast({{ "'" ~ measure.stated_by ~ "'" if measure.stated_by else 'null' }} as string) as stated_by,
    cast({{ "'" ~ measure.within | join(', ') ~ "'" if measure.within else 'null' }} as string) as within_columns,
    '{{ measure.row_grain }}' as row_grain,
    cast({{ "'" ~ measure.row_key | join(', ') ~ "'" if measure.row_key else 'null' }} as string) as row_key,
    cast({{ loop.index }} as int) as sort_order
{{ "union all" if not loop.last }}
{%- else %}
{{ no_measure() }}
{%- endfor %}
