with

funding as (
    select
        lines.*,
        sources.group_code,
        sources.counts_as_matching_level,
        -- foreign capital has its own rules
        sources.group_code = 'central' and sources.is_matching_base as is_central_base
    from {{ ref('fct_funding') }} as lines
    inner join {{ ref('stg_reference__funding_sources') }} as sources on lines.source_code = sources.source_code
),

reporting_units as (
    select * from {{ ref('stg_reference__reporting_units') }}
),

rules as (
    select * from {{ ref('stg_reference__matching_rules') }}
),

-- budget levels that there are on the closing day: no district budget since there is no district
levels as (
    select distinct
        periods.reporting_period_id,
        sources.counts_as_matching_level as budget_level
    from {{ ref('stg_reference__reporting_periods') }} as periods
    inner join {{ ref('stg_reference__funding_sources') }} as sources
        on
            sources.counts_as_matching_level is not null
            and (sources.valid_from is null or sources.valid_from <= periods.data_to)
            and (sources.valid_to is null or periods.data_to < sources.valid_to)
),

-- what a rule may take its ratio of, by the day on which it was assigned
bases as (
    select
        funding.reporting_period_id,
        funding.reporting_unit_id,
        funding.submission_id,
        funding.judgement_id,
        funding.form,
        funding.sheet,
        funding.known_at,
        funding.programme_code,
        funding.nature_code,
        funding.plan_year,
        funding.assigned_on,
        sum(case when funding.is_central_base then funding.assigned_vnd end) as central_vnd,
        sum(case when funding.group_code in ('central', 'local') then funding.assigned_vnd end) as total_vnd,
        min(case when funding.is_central_base then funding.row_id end) as row_id
    from funding
    group by all
),

owing as (
    select
        bases.* exclude (assigned_on, central_vnd, total_vnd, row_id),
        levels.budget_level,
        min(bases.row_id) as row_id,
        sum(bases.central_vnd) as central_assigned_vnd
    from bases
    inner join levels on bases.reporting_period_id = levels.reporting_period_id
    where bases.central_vnd > 0
    group by all
),

required as (
    select
        bases.judgement_id,
        bases.programme_code,
        bases.nature_code,
        bases.plan_year,
        rules.budget_level,
        rules.rule_id,
        rules.resolution,
        rules.confidence,
        sum(
            (case when rules.base = 'central_assigned' then bases.central_vnd else bases.total_vnd end)
            * rules.ratio_pct / 100
        ) as required_vnd
    from bases
    inner join reporting_units on bases.reporting_unit_id = reporting_units.reporting_unit_id
    inner join rules
        on
            reporting_units.province_code = rules.province_code
            and reporting_units.unit_type = rules.unit_type
            and bases.programme_code = rules.programme_code
            and bases.nature_code = rules.nature_code
            and bases.assigned_on >= rules.valid_from
            and (rules.valid_to is null or bases.assigned_on < rules.valid_to)
    where
        bases.central_vnd > 0
        or rules.base <> 'central_assigned'
    group by all
),

required_by_level as (
    select
        required.judgement_id,
        required.programme_code,
        required.nature_code,
        required.plan_year,
        required.budget_level,
        {{ list_ordered('required.rule_id', 'required.rule_id', 'true') }} as rule_ids,
        {{ list_ordered('required.resolution', 'required.rule_id', 'true') }} as resolutions,
        min(required.confidence) as rule_confidence,
        cast(round(sum(required.required_vnd), 0) as decimal(20, 0)) as required_vnd
    from required
    group by all
),

-- integrated money, credit, enterprises and residents belong to no level and never match
provided as (
    select
        funding.judgement_id,
        funding.programme_code,
        funding.nature_code,
        funding.plan_year,
        funding.counts_as_matching_level as budget_level,
        true as is_reported,
        sum(funding.planned_vnd) as planned_vnd,
        sum(funding.assigned_vnd) as assigned_vnd,
        sum(funding.disbursed_vnd) as disbursed_vnd
    from funding
    where funding.counts_as_matching_level is not null
    group by all
),

compared as (
    select
        owing.*,
        required_by_level.rule_ids,
        required_by_level.resolutions,
        required_by_level.rule_confidence,
        required_by_level.required_vnd,
        -- a level without a line gave nothing; a line left blank is not known
        cast(if(provided.is_reported, provided.planned_vnd, 0) as decimal(20, 0)) as planned_vnd,
        cast(if(provided.is_reported, provided.assigned_vnd, 0) as decimal(20, 0)) as assigned_vnd,
        cast(if(provided.is_reported, provided.disbursed_vnd, 0) as decimal(20, 0)) as disbursed_vnd
    from owing
    left join required_by_level
        on
            owing.judgement_id = required_by_level.judgement_id
            and owing.programme_code = required_by_level.programme_code
            and owing.nature_code = required_by_level.nature_code
            and owing.plan_year = required_by_level.plan_year
            and owing.budget_level = required_by_level.budget_level
    left join provided
        on
            owing.judgement_id = provided.judgement_id
            and owing.programme_code = provided.programme_code
            and owing.nature_code = provided.nature_code
            and owing.plan_year = provided.plan_year
            and owing.budget_level = provided.budget_level
)

select
    {{ lineage('compared') }},
    compared.programme_code,
    compared.nature_code,
    compared.plan_year,
    compared.budget_level,
    compared.rule_ids,
    compared.resolutions,
    compared.rule_confidence,
    cast(compared.central_assigned_vnd as decimal(20, 0)) as central_assigned_vnd,
    compared.required_vnd,
    compared.planned_vnd,
    compared.assigned_vnd,
    compared.disbursed_vnd,
    {{ shortfall('compared.required_vnd', 'compared.assigned_vnd') }} as shortfall_assigned_vnd,
    {{ shortfall('compared.required_vnd', 'compared.disbursed_vnd') }} as shortfall_disbursed_vnd,
    compared.assigned_vnd >= compared.required_vnd as is_enough_assigned,
    compared.disbursed_vnd >= compared.required_vnd as is_enough_disbursed
from compared
