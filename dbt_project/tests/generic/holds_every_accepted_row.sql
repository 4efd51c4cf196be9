{#- Nothing that a judgement in force let in is missing from its history, and nothing stands there twice. -#}
{% test holds_every_accepted_row(model, forms) %}
with

staged as (
    {%- for form in forms %}
    select
        judgement_id,
        form,
        count(*) as row_count
    from {{ ref('stg_submissions__' ~ form) }}
    group by judgement_id, form
    {{ "union all" if not loop.last }}
    {%- endfor %}
),

held as (
    select
        judgement_id,
        form,
        count(*) as row_count
    from {{ model }}
    group by judgement_id, form
)

select
    staged.judgement_id,
    staged.form
from staged
left join held
    on
        staged.judgement_id = held.judgement_id
        and staged.form = held.form
where staged.row_count <> coalesce(held.row_count, 0)
{% endtest %}
