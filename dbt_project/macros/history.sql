{#-
  Before a history grows: rows of judgements that no longer speak for their submission leave it, so that it holds the
  same rows in whatever order workbooks were read and judged. An earlier version of a report is no such thing: it stays.
-#}
{% macro forget_replaced() -%}
    {%- set accepted_readings = ref('stg_submissions__accepted_readings') -%}
    {%- if is_incremental() -%}
        delete from {{ this }} as held
        where held.judgement_id not in (select accepted.judgement_id from {{ accepted_readings }} as accepted)
    {%- endif -%}
{%- endmacro %}

{#- In a history: only judgements that it does not hold yet. What a judgement let in is never changed. -#}
{% macro not_yet_held(judgement_id) -%}
    {%- if is_incremental() -%}
        where {{ judgement_id }} not in (select distinct held.judgement_id from {{ this }} as held)
    {%- endif -%}
{%- endmacro %}

{#- Rows of a history that count today, by the ledger: a part that no later accepted submission has replaced. -#}
{% macro current_rows(history) -%}
    select history.*
    from {{ ref(history) }} as history
    inner join {{ ref('int_form_part_validity') }} as parts
        on
            history.judgement_id = parts.judgement_id
            and history.form = parts.form
    where parts.is_current
{%- endmacro %}
