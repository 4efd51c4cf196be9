{#- What engines say differently: one macro each, dispatched by adapter. -#}

{% macro days_between(first_date, end_date) -%}
    {{ return(adapter.dispatch('days_between', 'ntm')(first_date, end_date)) }}
{%- endmacro %}

{% macro default__days_between(first_date, end_date) -%}
    select cast(days.range as date) as date_day
    from range(date '{{ first_date }}', date '{{ end_date }}', interval 1 day) as days
{%- endmacro %}

{% macro spark__days_between(first_date, end_date) -%}
    select explode(sequence(date '{{ first_date }}', date_sub(date '{{ end_date }}', 1))) as date_day
{%- endmacro %}

{#- Texts of a group in the order of another column, parted by comma and space. -#}
{% macro list_ordered(text, ordering, condition) -%}
    {{ return(adapter.dispatch('list_ordered', 'ntm')(text, ordering, condition)) }}
{%- endmacro %}

{% macro default__list_ordered(text, ordering, condition) -%}
    string_agg({{ text }}, ', ' order by {{ ordering }}) filter (where {{ condition }})
{%- endmacro %}

{% macro spark__list_ordered(text, ordering, condition) -%}
    nullif(
        concat_ws(', ', transform(
            array_sort(collect_list(case when {{ condition }} then struct({{ ordering }}, {{ text }} as item) end)),
            entry -> entry.item
        )), ''
    )
{%- endmacro %}

{#- The calendar day of an instant where the office is. -#}
{% macro office_date(instant) -%}
    {{ return(adapter.dispatch('office_date', 'ntm')(instant)) }}
{%- endmacro %}

{% macro default__office_date(instant) -%}
    cast({{ instant }} at time zone 'Asia/Ho_Chi_Minh' as date)
{%- endmacro %}

{% macro spark__office_date(instant) -%}
    cast(from_utc_timestamp({{ instant }}, 'Asia/Ho_Chi_Minh') as date)
{%- endmacro %}

{#- Monday 1 to Sunday 7. -#}
{% macro weekday_iso(day) -%}
    {{ return(adapter.dispatch('weekday_iso', 'ntm')(day)) }}
{%- endmacro %}

{% macro default__weekday_iso(day) -%}
    cast(extract(isodow from {{ day }}) as int)
{%- endmacro %}

{% macro spark__weekday_iso(day) -%}
    cast(weekday({{ day }}) + 1 as int)
{%- endmacro %}

{#- Days from a first date to a second one. -#}
{% macro days_apart(first_date, second_date) -%}
    {{ return(adapter.dispatch('days_apart', 'ntm')(first_date, second_date)) }}
{%- endmacro %}

{% macro default__days_apart(first_date, second_date) -%}
    date_diff('day', {{ first_date }}, {{ second_date }})
{%- endmacro %}

{% macro spark__days_apart(first_date, second_date) -%}
    datediff({{ second_date }}, {{ first_date }})
{%- endmacro %}

{#- A day so many days later. -#}
{% macro days_later(day, days) -%}
    {{ return(adapter.dispatch('days_later', 'ntm')(day, days)) }}
{%- endmacro %}

{% macro default__days_later(day, days) -%}
    cast({{ day }} + interval {{ days }} day as date)
{%- endmacro %}

{% macro spark__days_later(day, days) -%}
    date_add({{ day }}, {{ days }})
{%- endmacro %}

{#- A name for comparing: lower case, blanks and punctuation made one blank. -#}
{% macro compared_name(name) -%}
    {{ return(adapter.dispatch('compared_name', 'ntm')(name)) }}
{%- endmacro %}

{% macro default__compared_name(name) -%}
    lower(trim(regexp_replace({{ name }}, '[[:space:][:punct:]]+', ' ', 'g')))
{%- endmacro %}

{% macro spark__compared_name(name) -%}
    lower(trim(regexp_replace({{ name }}, '[\\s\\p{Punct}]+', ' ')))
{%- endmacro %}

{#- Some columns of a row as rows of their own: each a struct of its name, its value as text, and as a number if it is. -#}
{% macro cells_of(relation, columns) -%}
    {{ return(adapter.dispatch('cells_of', 'ntm')(relation, columns)) }}
{%- endmacro %}

{% macro default__cells_of(relation, columns) -%}
    unnest([
        {%- for column in columns %}
        struct_pack(
            column_name := '{{ column.name }}',
            value_text := cast({{ relation }}.{{ column.name }} as varchar),
            value_number := cast({{ relation ~ '.' ~ column.name if column.is_number else 'null' }} as decimal(28, 6))
        ){{ "," if not loop.last }}
        {%- endfor %}
    ])
{%- endmacro %}

{% macro spark__cells_of(relation, columns) -%}
    explode(array(
        {%- for column in columns %}
        named_struct(
            'column_name', '{{ column.name }}',
            'value_text', cast({{ relation }}.{{ column.name }} as string),
            'value_number', cast({{ relation ~ '.' ~ column.name if column.is_number else 'null' }} as decimal(28, 6))
        ){{ "," if not loop.last }}
        {%- endfor %}
    ))
{%- endmacro %}
