{#- What was revised after a closing of its period names the reopening that let it in. -#}
{% test a_closed_period_changes_by_reopening(model) %}
    select *
    from {{ model }}
    where was_closed and reopening_decision_id is null
{% endtest %}
