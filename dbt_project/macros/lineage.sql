{#- The columns by which every figure is followed back to the cell it was typed in. -#}
{% macro lineage(relation) -%}
    {{ relation }}.reporting_period_id,
    {{ relation }}.reporting_unit_id,
    {{ relation }}.submission_id,
    {{ relation }}.judgement_id,
    {{ relation }}.form,
    {{ relation }}.sheet,
    {{ relation }}.row_id,
    {{ relation }}.known_at
{%- endmacro %}

{#- The good rows of one form: landed by a reading that counts, data rather than printed totals, not quarantined. -#}
{% macro accepted_rows(form) -%}
    select
        landed.*,
        accepted.judgement_id,
        '{{ form }}' as form,
        accepted.known_from as known_at
    from {{ source('landing', form) }} as landed
    inner join {{ ref('stg_submissions__accepted_readings') }} as accepted
        on
            landed.submission_id = accepted.submission_id
            and landed.parse_id = accepted.parse_id
            and landed.run_id = accepted.run_id
    left join {{ ref('stg_submissions__quarantined_rows') }} as quarantined
        on
            accepted.judgement_id = quarantined.judgement_id
            and quarantined.form = '{{ form }}'
            and landed.row_id = quarantined.row_id
    where
        landed.row_kind = 'data'
        and quarantined.row_id is null
{%- endmacro %}
