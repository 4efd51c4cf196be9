with

projects as (
    select
        project.*,
        {{ compared_name('project.project_name') }} as work,
        {{ compared_name('project.beneficiary') }} as helped,
        {{ compared_name('project.village') }} as hamlet,
        extract(year from project.decision_date) as decision_year
    from {{ ref('fct_project') }} as project
    where project.direct_vnd > 0
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

exceptions as (
    select * from {{ ref('stg_reference__overlap_exceptions') }}
),

-- a place in common, whoever reports it, and the same work or the same group helped by the same kind of project in the
-- same year; a hamlet is one of the first place named and tells apart only projects that have this place in common
paired as (
    select
        projects.*,
        case
            when projects.unit_id in (others.unit_id, others.second_unit_id, others.third_unit_id) then projects.unit_id
            when projects.second_unit_id in (others.unit_id, others.second_unit_id, others.third_unit_id)
                then projects.second_unit_id
            when projects.third_unit_id in (others.unit_id, others.second_unit_id, others.third_unit_id)
                then projects.third_unit_id
        end as common_unit_id,
        others.reporting_unit_id as other_reporting_unit_id,
        others.project_code as other_project_code,
        others.row_id as other_row_id,
        others.programme_code as other_programme_code,
        others.direct_vnd as other_direct_vnd,
        others.integrated_vnd as other_integrated_vnd,
        greatest(projects.investment_vnd, others.investment_vnd) as cost_vnd,
        coalesce(projects.work = others.work, false) as is_same_work,
        coalesce(
            projects.helped = others.helped
            and projects.kind_code = others.kind_code
            and projects.decision_year = others.decision_year, false
        ) as is_same_beneficiary
    from projects
    inner join projects as others
        on
            projects.reporting_period_id = others.reporting_period_id
            and projects.programme_code <> others.programme_code
            and (
                projects.project_code < others.project_code
                or (
                    projects.project_code = others.project_code
                    and projects.reporting_unit_id < others.reporting_unit_id
                )
            )
    where
        projects.unit_id <> others.unit_id
        or projects.hamlet is null
        or others.hamlet is null
        or projects.hamlet = others.hamlet
)

select
    {{ lineage('paired') }},
    paired.other_row_id,
    paired.other_reporting_unit_id,
    paired.common_unit_id as unit_id,
    paired.village,
    paired.project_code,
    paired.other_project_code,
    paired.programme_code,
    paired.other_programme_code,
    case
        when paired.is_same_work and paired.is_same_beneficiary then 'both'
        when paired.is_same_work then 'work'
        else 'beneficiary'
    end as matched_on,
    paired.beneficiary,
    paired.cost_vnd,
    paired.direct_vnd,
    paired.other_direct_vnd,
    least(paired.direct_vnd, paired.other_direct_vnd) as doubly_paid_vnd,
    cast(greatest(paired.direct_vnd + paired.other_direct_vnd - paired.cost_vnd, 0) as decimal(20, 0)) as excess_vnd,
    exceptions.exception_id,
    case
        when exceptions.exception_id is not null then 'exception'
        when paired.integrated_vnd >= paired.other_direct_vnd then 'integration'
        when paired.other_integrated_vnd >= paired.direct_vnd then 'integration'
        else 'overlap'
    end as finding_code
from paired
inner join periods on paired.reporting_period_id = periods.reporting_period_id
left join exceptions
    on
        paired.project_code = exceptions.first_project_code
        and paired.other_project_code = exceptions.second_project_code
        and periods.data_to >= exceptions.valid_from
        and (exceptions.valid_to is null or periods.data_to < exceptions.valid_to)
where
    paired.common_unit_id is not null
    and (
        paired.is_same_work
        or paired.is_same_beneficiary
    )
