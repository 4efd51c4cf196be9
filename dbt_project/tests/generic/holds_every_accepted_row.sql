{#- A history holds what the judgements in force let in, each row once, and nothing of judgements they replaced. -#}
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
    where form in ('{{ forms | join("', '") }}')
    group by judgement_id, form
)

select
    coalesce(staged.judgement_id, held.judgement_id) as judgement_id,
    coalesce(staged.form, held.form) as form
from staged
full join held
    on
        staged.judgement_id = held.judgement_id
        and staged.form = held.form
where coalesce(staged.row_count, 0) <> coalesce(held.row_count, 0)
{% endtest %}
