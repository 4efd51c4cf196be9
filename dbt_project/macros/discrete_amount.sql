{#- A cumulative amount less the one before it in the same report year; null where the one before is not known. -#}
{% macro discrete_amount(amount, amount_before, predecessors) -%}
    cast(
        case
            when {{ predecessors }}.is_first_of_year then {{ amount }}
            when not {{ predecessors }}.is_reported_before then null
            when {{ predecessors }}.has_row_before then {{ amount }} - {{ amount_before }}
            when {{ predecessors }}.is_incomplete_before then null
            else {{ amount }}
        end as decimal(20, 0)
    )
{%- endmacro %}
