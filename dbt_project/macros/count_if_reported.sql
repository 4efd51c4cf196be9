{#- A count of what a report lists: nothing listed is zero, no report is unknown. -#}
{% macro count_if_reported(count, is_reported) -%}
    cast(case when {{ is_reported }} then coalesce({{ count }}, 0) end as int)
{%- endmacro %}
