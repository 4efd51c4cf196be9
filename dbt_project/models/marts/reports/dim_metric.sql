-- depends_on: {{ ref('fct_metric') }}

{%- set definitions = metric_definitions() %}

{%- for metric in definitions %}
select
    '{{ metric.code }}' as metric_code,
    '{{ metric.label_vi }}' as label_vi,
    '{{ metric.label_en }}' as label_en,
    '{{ metric.numerator_vi }}' as numerator_vi,
    '{{ metric.denominator_vi }}' as denominator_vi,
    '{{ metric.unit }}' as unit,
    '{{ metric.better }}' as better,
    '{{ metric.mart }}' as mart,
    {{ 'true' if metric.by_commune and not metric.is_of_marks else 'false' }} as is_on_maps,
    cast({{ loop.index }} as int) as sort_order
{{ "union all" if not loop.last }}
{%- endfor %}
