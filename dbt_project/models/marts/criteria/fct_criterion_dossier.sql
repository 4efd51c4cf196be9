with

statuses as (
    select * from {{ ref('fct_criterion_status') }}
),

rounds as (
    select * from {{ ref('fct_dossier_round') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

reported as (
    select distinct
        statuses.reporting_period_id,
        periods.data_to
    from statuses
    inner join periods on statuses.reporting_period_id = periods.reporting_period_id
),

-- the round that was under way on the closing day, and how far it had come by then
begun as (
    select
        reported.reporting_period_id,
        rounds.*,
        row_number() over (
            partition by
                reported.reporting_period_id, rounds.unit_id, rounds.criteria_set_code, rounds.criterion_no
            order by rounds.round_no desc
        ) as round_recency,
        case
            when rounds.returned_on <= reported.data_to then 'returned'
            when rounds.submitted_on <= reported.data_to then 'submitted'
            when rounds.confirmed_on <= reported.data_to then 'confirmed'
            when rounds.verified_on <= reported.data_to then 'verified'
            when rounds.completed_on <= reported.data_to then 'complete'
            else 'in_preparation'
        end as state
    from rounds
    inner join reported on rounds.started_on <= reported.data_to
    -- a dossier ends with its unit
    inner join units
        on
            reported.reporting_period_id = units.reporting_period_id
            and rounds.unit_id = units.unit_id
),

dossiers as (
    select
        begun.*,
        begun.state in ('complete', 'verified', 'confirmed', 'submitted') as is_complete
    from begun
    where begun.round_recency = 1
),

matched as (
    select
        coalesce(statuses.reporting_period_id, dossiers.reporting_period_id) as reporting_period_id,
        coalesce(statuses.reporting_unit_id, dossiers.reporting_unit_id) as reporting_unit_id,
        coalesce(statuses.unit_id, dossiers.unit_id) as unit_id,
        coalesce(statuses.criteria_set_code, dossiers.criteria_set_code) as criteria_set_code,
        coalesce(statuses.criterion_no, dossiers.criterion_no) as criterion_no,
        statuses.declared_mark,
        statuses.declared_mark in ('D', 'KAD') as is_met,
        statuses.met_since_period_id,
        coalesce(dossiers.state, 'none') as dossier_state,
        coalesce(dossiers.is_complete, false) as is_complete,
        case when dossiers.is_complete then dossiers.completed_on end as completed_on
    from statuses
    full outer join dossiers
        on
            statuses.reporting_period_id = dossiers.reporting_period_id
            and statuses.unit_id = dossiers.unit_id
            and statuses.criteria_set_code = dossiers.criteria_set_code
            and statuses.criterion_no = dossiers.criterion_no
)

select
    matched.reporting_period_id,
    matched.reporting_unit_id,
    matched.unit_id,
    matched.criteria_set_code,
    matched.criterion_no,
    matched.declared_mark,
    matched.met_since_period_id,
    since.data_to as met_by,
    matched.dossier_state,
    matched.completed_on,
    case
        when matched.is_met and matched.is_complete then 'met_with_dossier'
        when matched.is_met then 'met_without_dossier'
        when not matched.is_met and matched.is_complete then 'dossier_without_met'
        when not matched.is_met then 'neither'
        else 'not_judged'
    end as match_code,
    cast(
        case
            when matched.is_met and not matched.is_complete then {{ days_apart('since.data_to', 'periods.data_to') }}
        end as int
    ) as days_without_dossier
from matched
inner join periods on matched.reporting_period_id = periods.reporting_period_id
left join periods as since on matched.met_since_period_id = since.reporting_period_id
