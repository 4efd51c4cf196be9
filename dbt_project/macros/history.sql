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

{#-
  Rows of a history as the office knew them at an instant, such as "timestamptz '2023-04-12 08:00:00+07'":
      select * from ({{ as_known('fct_funding__history', "timestamptz '2023-04-12 08:00:00+07'") }}) as known
  Outside dbt, join the history and fct_submission_part on judgement_id and form with the same condition.
-#}
{% macro as_known(history, instant) -%}
    select history.*
    from {{ ref(history) }} as history
    inner join {{ ref('fct_submission_part') }} as parts
        on
            history.judgement_id = parts.judgement_id
            and history.form = parts.form
    where
        parts.known_from <= {{ instant }}
        and (parts.known_to is null or parts.known_to > {{ instant }})
{%- endmacro %}
