{#- What is missing of an amount that is owed: never below 0, null where either is not known. -#}
{% macro shortfall(owed, given) -%}
    cast(case when {{ owed }} > {{ given }} then {{ owed }} - {{ given }} when {{ owed }} <= {{ given }} then 0 end
    as decimal(20, 0))
{%- endmacro %}
