{#- The code of the office's province, as text: a setting, like every NTM_ variable. -#}
{% macro office_province() -%}
    '{{ env_var("NTM_PROVINCE", "84") }}'
{%- endmacro %}
