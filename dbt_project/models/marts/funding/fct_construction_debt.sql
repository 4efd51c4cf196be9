with

projects as (
    select
        project.*,
        coalesce(project.settled_vnd, project.accepted_vnd) as volume_vnd
    from {{ ref('fct_project') }} as project
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

-- debt is accepted volume beyond the money assigned to it
computed as (
    select
        projects.*,
        case
            when projects.volume_vnd > projects.assigned_total_vnd then projects.volume_vnd - projects.assigned_total_vnd
            when projects.volume_vnd <= projects.assigned_total_vnd then 0
        end as debt_computed_vnd
    from projects
)

select
    {{ lineage('computed') }},
    computed.project_code,
    computed.unit_id,
    computed.programme_code,
    computed.volume_vnd,
    computed.assigned_total_vnd,
    computed.disbursed_total_vnd,
    cast(computed.volume_vnd - computed.disbursed_total_vnd as decimal(20, 0)) as unpaid_vnd,
    computed.debt_vnd,
    cast(computed.debt_computed_vnd as decimal(20, 0)) as debt_computed_vnd,
    computed.debt_vnd = computed.debt_computed_vnd as is_agreed,
    computed.debt_central_vnd,
    computed.debt_province_vnd,
    computed.debt_district_vnd,
    computed.debt_commune_vnd,
    computed.debt_since,
    cast({{ days_apart('computed.debt_since', 'periods.data_to') }} as int) as age_days,
    computed.debt_source_code,
    computed.debt_clear_by,
    computed.debt_clear_by < periods.data_to as is_overdue
from computed
inner join periods on computed.reporting_period_id = periods.reporting_period_id
where
    computed.debt_vnd > 0
    or computed.debt_computed_vnd > 0
