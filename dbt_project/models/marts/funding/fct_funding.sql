with

funding as (
    {{ current_rows('fct_funding__history') }}
),

-- the same way as fct_discrete_amount, for the two amounts that stand beside each line
amounts as (
    {%- for measure in ['disbursed_vnd', 'performed_vnd'] %}
    {{ cumulative_amount({
        'mart': 'fct_funding',
        'measure': measure,
        'stated_by': 'funding_sources',
        'has_unit': true,
        'row_key': ['programme_code', 'content_code', 'source_code', 'nature_code', 'plan_year'],
        'within': [],
    }, 'funding') }}
    {{ "union all" if not loop.last }}
    {%- endfor %}
),

{{ discrete_amounts('amounts') }},

-- an amount that covers more than the period is not the period's
in_period as (
    select
        judgement_id,
        row_id,
        max(case when measure = 'disbursed_vnd' then discrete_value end) as disbursed_vnd,
        max(case when measure = 'performed_vnd' then discrete_value end) as performed_vnd
    from discrete
    where period_count = 1
    group by
        judgement_id,
        row_id
)

select
    {{ lineage('funding') }},
    funding.unit_id,
    funding.programme_code,
    funding.content_code,
    funding.source_code,
    funding.nature_code,
    funding.plan_year,
    funding.is_carried_over,
    funding.assigned_on,
    funding.assigning_decision,
    funding.planned_vnd,
    funding.assigned_vnd,
    funding.adjusted_vnd,
    funding.performed_vnd,
    funding.disbursed_vnd,
    funding.returned_vnd,
    funding.estimated_year_end_vnd,
    funding.lent_vnd,
    funding.outstanding_vnd,
    funding.borrower_count,
    cast(in_period.disbursed_vnd as decimal(20, 0)) as disbursed_in_period_vnd,
    cast(in_period.performed_vnd as decimal(20, 0)) as performed_in_period_vnd,
    coalesce(in_period.disbursed_vnd < 0, false) or coalesce(in_period.performed_vnd < 0, false) as is_restated,
    funding.explanation
from funding
left join in_period
    on
        funding.judgement_id = in_period.judgement_id
        and funding.row_id = in_period.row_id
