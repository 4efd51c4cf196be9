-- Nothing that a judgement in force let in is missing from its history, and nothing stands there twice.
{%- set histories = {
    'fct_indicator_result__history': ['criteria_results', 'unit_criteria'],
    'fct_recognition__history': ['recognitions'],
    'fct_funding__history': ['funding_sources'],
    'fct_helper_assignment__history': ['helper_assignments'],
    'fct_helper_activity__history': ['helper_activities'],
} %}

with

staged as (
    {%- for history, forms in histories.items() %}
    {%- for form in forms %}
    select
        '{{ history }}' as history,
        judgement_id,
        form,
        count(*) as row_count
    from {{ ref('stg_submissions__' ~ form) }}
    group by judgement_id, form
    union all
    {%- endfor %}
    {%- endfor %}
    select
        'fct_criterion_status__history' as history,
        judgement_id,
        form,
        count(*) as row_count
    from {{ ref('stg_submissions__criteria_summary') }}
    group by judgement_id, form
),

held as (
    {%- for history in ['fct_criterion_status__history'] + (histories.keys() | list) %}
    select
        '{{ history }}' as history,
        judgement_id,
        form,
        count(*) as row_count
    from {{ ref(history) }}
    group by judgement_id, form
    {{ "union all" if not loop.last }}
    {%- endfor %}
)

select
    staged.history,
    staged.judgement_id,
    staged.form
from staged
left join held
    on
        staged.history = held.history
        and staged.judgement_id = held.judgement_id
        and staged.form = held.form
where staged.row_count <> coalesce(held.row_count, 0)
