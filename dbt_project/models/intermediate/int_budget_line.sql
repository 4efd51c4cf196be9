with

funding as (
    select * from {{ ref('fct_funding') }}
),

sources as (
    select * from {{ ref('stg_reference__funding_sources') }}
),

contents as (
    select * from {{ ref('stg_reference__funding_contents') }}
)

select
    funding.reporting_period_id,
    funding.reporting_unit_id,
    funding.unit_id,
    funding.programme_code,
    funding.source_code,
    funding.nature_code,
    funding.is_carried_over,
    sources.group_code as source_group,
    case when funding.content_code = 'ND00' then 'not_allocated' else contents.group_code end as content_group,
    sources.group_code in ('central', 'local') as is_budget,
    sources.group_code = 'central' or sources.source_code = 'NST' as is_upper_budget,
    case
        when sources.group_code in ('central', 'local') then funding.assigned_vnd
        else coalesce(funding.assigned_vnd, funding.performed_vnd, funding.lent_vnd)
    end as provided_vnd,
    funding.assigned_vnd,
    funding.performed_vnd,
    funding.disbursed_vnd,
    funding.estimated_year_end_vnd
from funding
inner join sources on funding.source_code = sources.source_code
inner join contents on funding.content_code = contents.content_code
