{#- A column per criterion, criterion_01 to criterion_19: the longest set has 19 criteria. -#}
{% macro criterion_marks(expression) -%}
    {%- for number in range(1, 20) -%}
    {{ expression | replace('NUMBER', number) | replace('COLUMN', 'criterion_%02d' % number) }}
    {{- ',\n    ' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
