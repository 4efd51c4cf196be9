{#- Schemas are called staging, intermediate and marts, whatever the target's own schema is called. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ target.schema if custom_schema_name is none else custom_schema_name | trim }}
{%- endmacro %}
