{#- Text that may be published: what looks like a telephone number is blotted out (0 or +84, then 8 to 10 digits). -#}
{% macro without_telephone(text) -%}
    regexp_replace({{ text }}, '(^|[^0-9.,])(\+84|0)[0-9]([ .-]?[0-9]){7,9}($|[^0-9])', '\1***\4', 'g')
{%- endmacro %}
