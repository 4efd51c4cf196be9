{%- for one in histories() %}
select
    '{{ one.fact }}' as fact,
    '{{ one.fact }}__history' as history,
    '{{ one.row_key | join(", ") }}' as row_key,
    {{ "'" ~ one.register | join(', ') ~ "'" if one.register else 'cast(null as string)' }} as register_key,
    {{ "'" ~ one.last_of ~ "'" if one.last_of else 'cast(null as string)' }} as last_of,
    cast({{ loop.index }} as int) as sort_order
{{ "union all" if not loop.last }}
{%- endfor %}
