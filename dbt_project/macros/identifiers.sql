{#- The identifier of an event or thing that has several columns as its key: 16 hex digits, null read as empty. -#}
{% macro identifier(columns) -%}
    substring(
        md5(
            {%- for column in columns %}
            coalesce(cast({{ column }} as string), ''){{ " || '|' ||" if not loop.last }}
            {%- endfor %}
        ), 1, 16
    )
{%- endmacro %}
