with

policies as (
    {{ current_rows('fct_policy__history') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

-- the register is cumulative: the latest period that reports a row speaks for it
ranked as (
    select
        policies.*,
        {{ identifier(['policies.reporting_unit_id', 'policies.policy_no']) }} as policy_id,
        row_number() over (
            partition by policies.reporting_unit_id, policies.policy_no
            order by periods.data_to desc, policies.known_at desc, policies.submission_id, policies.row_id
        ) as recency
    from policies
    inner join periods on policies.reporting_period_id = periods.reporting_period_id
)

select
    ranked.policy_id,
    {{ lineage('ranked') }},
    ranked.policy_no,
    ranked.kind_code,
    ranked.document_type,
    ranked.level_code,
    ranked.issuer_name,
    ranked.unit_id,
    ranked.subject,
    ranked.planned_on,
    ranked.document_no,
    ranked.issued_on,
    event_periods.reporting_period_id as event_period_id,
    ranked.year_from,
    ranked.year_to,
    ranked.objective,
    ranked.content,
    ranked.covers_residential_areas,
    ranked.source_code,
    ranked.budget_vnd,
    ranked.reward_per_area_vnd,
    ranked.ended_on,
    ranked.explanation
from ranked
{{ join_event_period('ranked.issued_on') }}
where ranked.recency = 1
