with

funding as (
    {{ current_rows('fct_funding__history') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

parts as (
    select * from {{ ref('int_form_part_validity') }}
    where
        is_current
        and form = 'funding_sources'
),

quarantined as (
    select
        judgement_id,
        count(*) as quarantined_count
    from {{ ref('stg_submissions__quarantined_rows') }}
    where form = 'funding_sources'
    group by judgement_id
),

-- what the unit said for the period before, in the same report year
predecessors as (
    select
        funding.judgement_id,
        funding.row_id,
        periods.previous_period_id is null as is_first_of_year,
        parts.judgement_id is not null as is_reported_before,
        coalesce(quarantined.quarantined_count, 0) > 0 as is_incomplete_before,
        before.row_id is not null as has_row_before,
        before.disbursed_vnd as disbursed_before_vnd,
        before.performed_vnd as performed_before_vnd
    from funding
    inner join periods on funding.reporting_period_id = periods.reporting_period_id
    left join parts
        on
            periods.previous_period_id = parts.reporting_period_id
            and funding.reporting_unit_id = parts.reporting_unit_id
    left join quarantined on parts.judgement_id = quarantined.judgement_id
    left join funding as before
        on
            periods.previous_period_id = before.reporting_period_id
            and funding.reporting_unit_id = before.reporting_unit_id
            and funding.unit_id = before.unit_id
            and funding.programme_code = before.programme_code
            and funding.content_code = before.content_code
            and funding.source_code = before.source_code
            and coalesce(funding.nature_code, '') = coalesce(before.nature_code, '')
            and funding.plan_year = before.plan_year
),

-- a line that the complete report before did not have starts now; one that may have been kept out of it is unknown
discrete as (
    select
        funding.*,
        {{ discrete_amount('funding.disbursed_vnd', 'predecessors.disbursed_before_vnd', 'predecessors') }}
            as disbursed_in_period_vnd,
        {{ discrete_amount('funding.performed_vnd', 'predecessors.performed_before_vnd', 'predecessors') }}
            as performed_in_period_vnd
    from funding
    inner join predecessors
        on
            funding.judgement_id = predecessors.judgement_id
            and funding.row_id = predecessors.row_id
)

select
    {{ lineage('discrete') }},
    discrete.unit_id,
    discrete.programme_code,
    discrete.content_code,
    discrete.source_code,
    discrete.nature_code,
    discrete.plan_year,
    discrete.is_carried_over,
    discrete.assigned_on,
    discrete.assigning_decision,
    discrete.planned_vnd,
    discrete.assigned_vnd,
    discrete.adjusted_vnd,
    discrete.performed_vnd,
    discrete.disbursed_vnd,
    discrete.returned_vnd,
    discrete.estimated_year_end_vnd,
    discrete.lent_vnd,
    discrete.outstanding_vnd,
    discrete.borrower_count,
    discrete.disbursed_in_period_vnd,
    discrete.performed_in_period_vnd,
    coalesce(discrete.disbursed_in_period_vnd < 0, false)
    or coalesce(discrete.performed_in_period_vnd < 0, false) as is_restated,
    discrete.explanation
from discrete
