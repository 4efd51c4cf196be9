{#- Amounts of form funding_sources as typed, one row per row and column: printed totals, and what they sum. -#}
{%- set amounts = [
    'planned_vnd', 'assigned_vnd', 'adjusted_vnd', 'performed_vnd', 'disbursed_vnd', 'returned_vnd',
    'estimated_year_end_vnd', 'lent_vnd', 'outstanding_vnd'
] -%}
with

landed as (
    select
        typed.*,
        accepted.judgement_id,
        'funding_sources' as form,
        accepted.received_at as known_at
    from {{ source('landing', 'funding_sources') }} as typed
    inner join {{ ref('stg_submissions__accepted_readings') }} as accepted
        on
            typed.submission_id = accepted.submission_id
            and typed.parse_id = accepted.parse_id
            and typed.run_id = accepted.run_id
),

quarantined as (
    select * from {{ ref('stg_submissions__quarantined_rows') }}
    where form = 'funding_sources'
)

{% for amount in amounts %}
select
    {{ lineage('landed') }},
    landed.row_kind = 'total' as is_total,
    quarantined.row_id is null as is_loaded,
    cast(landed.row_number as int) as row_number,
    coalesce(cast(landed.total_scope as string), 'grand') as total_scope,
    cast(landed.section as string) as section,
    cast(landed.sums_from as int) as sums_from,
    cast(landed.sums_to as int) as sums_to,
    '{{ amount }}' as column_name,
    cast(landed.{{ amount }} as decimal(20, 0)) as amount_vnd,
    landed.{{ amount }}__problem is null as is_readable
from landed
left join quarantined
    on
        landed.judgement_id = quarantined.judgement_id
        and landed.row_id = quarantined.row_id
{{ 'union all' if not loop.last }}
{% endfor %}
