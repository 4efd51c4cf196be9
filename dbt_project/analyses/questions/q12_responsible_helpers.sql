-- Câu hỏi 12. Ngày D, ai chịu trách nhiệm giúp xã X? Xã nào không có ai?
-- Question 12. On day D, who is responsible for helping commune X? Which communes have nobody?
-- Items: 5.1, 5.2, 5.15, 5.27
-- Parameters: $day (DATE) = D; $known_at (TIMESTAMPTZ) = K, null = all that is known today.
-- Whole / Trọn vẹn. The arrangement of the sample covers every commune (xã) of the province: all of them are in scope.
-- Grain: commune valid on D. An assignment is valid on D from its first day until the day the new decision takes
-- effect, which is not the day a leader left his post: until then outgoing and incoming leader both stand.
-- status: main (one main leader), hand_over (bàn giao: outgoing and incoming leader, each but the first began later and
-- stays longer, or both are of one agency), double (several main leaders otherwise: a finding), none (nobody). gap_pct
-- = communes with none / communes in scope.
-- Helpers of the province decide status and gaps; those from the district itself (helper_level district) are counted
-- apart, for they stand beside them.
-- agencies_now: the agency that bears the duty on D where the agency of the decision was renamed or merged.
with

periods as (
    select * from marts.dim_reporting_period
),

reporting_units as (
    select * from marts.dim_reporting_unit
),

units as (
    select * from marts.dim_administrative_unit
),

agencies as (
    select * from marts.dim_agency
),

expected as (
    select * from marts.fct_submission
),

assignments as (
    select * from marts.fct_helper_assignment__history
),

-- what the office knew at K: parts of accepted submissions that nothing had replaced by then
parts_known as (
    select *
    from marts.fct_submission_part
    where
        known_from <= coalesce($known_at::timestamptz, timestamptz 'infinity')
        and (known_to is null or known_to > coalesce($known_at::timestamptz, timestamptz 'infinity'))
),

-- the office's own communes (xã) on D: those of the units that owe it reports
communes as (
    select distinct
        commune.unit_id,
        commune.name_vi,
        reporting_units.reporting_unit_id,
        reporting_units.unit_id as reported_by_unit_id,
        reporting_units.name_vi as reported_by_name
    from units as commune
    inner join reporting_units
        on
            reporting_units.unit_id in (commune.unit_id, commune.parent_unit_id)
            and reporting_units.valid_from <= $day::date
            and (reporting_units.valid_to is null or reporting_units.valid_to > $day::date)
    inner join expected on reporting_units.reporting_unit_id = expected.reporting_unit_id
    where
        commune.is_rural_commune
        and commune.valid_from <= $day::date
        and (commune.valid_to is null or commune.valid_to > $day::date)
),

-- a register: the latest report that names an assignment speaks for it
assignments_known as (
    select assignments.*
    from assignments
    inner join parts_known
        on
            assignments.judgement_id = parts_known.judgement_id
            and assignments.form = parts_known.form
    inner join periods on assignments.reporting_period_id = periods.reporting_period_id
    qualify row_number() over (
        partition by assignments.agency_code, assignments.unit_id, assignments.role_code, assignments.valid_from
        order by periods.data_to desc
    ) = 1
),

-- an agency that has ended by D hands its duties to its successor, however often that happened
succession_of_agencies as (
    with recursive
    chain as (
        select
            agency_code,
            agency_code as agency_now_code,
            valid_to,
            successor_code,
            0 as step
        from agencies
        union all
        select
            chain.agency_code,
            agencies.agency_code,
            agencies.valid_to,
            agencies.successor_code,
            chain.step + 1
        from chain
        inner join agencies on chain.successor_code = agencies.agency_code
        where chain.valid_to <= $day::date and chain.step < 10
    )

    select
        agency_code,
        agency_now_code
    from chain
    qualify row_number() over (partition by agency_code order by step desc) = 1
),

valid_on_day as (
    select
        assignments_known.unit_id,
        case assignments_known.helper_level
            when 'province' then assignments_known.role_code
            else assignments_known.helper_level
        end as role_code,
        assignments_known.leader_name,
        assignments_known.decision_no,
        assignments_known.valid_from,
        assignments_known.valid_to,
        agencies.name_vi as agency_name,
        agencies_now.agency_code as agency_now_code,
        agencies_now.name_vi as agency_now_name
    from assignments_known
    inner join agencies on assignments_known.agency_code = agencies.agency_code
    inner join succession_of_agencies on assignments_known.agency_code = succession_of_agencies.agency_code
    inner join agencies as agencies_now on succession_of_agencies.agency_now_code = agencies_now.agency_code
    where
        assignments_known.valid_from <= $day::date
        and (assignments_known.valid_to is null or assignments_known.valid_to > $day::date)
),

-- a hand-over: each main leader but the first began later and, as far as decided, stays longer than the one before
ordered as (
    select
        *,
        lag(valid_from) over leaders is null
        or agency_now_code = lag(agency_now_code) over leaders
        or (
            valid_from > lag(valid_from) over leaders
            and lag(valid_to) over leaders < coalesce(valid_to, date 'infinity')
        ) as is_handed_over
    from valid_on_day
    window leaders as (partition by unit_id, role_code order by valid_from, agency_now_code, leader_name)
),

by_commune as (
    select
        communes.reported_by_unit_id,
        communes.reported_by_name,
        communes.unit_id,
        communes.name_vi as commune_name,
        count(ordered.unit_id) filter (ordered.role_code = 'main') as main_count,
        bool_and(ordered.is_handed_over) filter (ordered.role_code = 'main') as is_handed_over,
        string_agg(
            ordered.agency_name || coalesce(': ' || ordered.leader_name, ''), '; '
            order by ordered.valid_from, ordered.agency_name, ordered.leader_name
        ) filter (ordered.role_code = 'main') as main_leaders,
        string_agg(distinct ordered.agency_now_name, '; ' order by ordered.agency_now_name) filter (
            ordered.role_code = 'main'
        ) as agencies_now,
        string_agg(distinct ordered.decision_no, '; ' order by ordered.decision_no) filter (
            ordered.role_code = 'main'
        ) as decisions,
        count(ordered.unit_id) filter (ordered.role_code = 'support') as support_count,
        string_agg(distinct ordered.agency_name, '; ' order by ordered.agency_name) filter (
            ordered.role_code = 'support'
        ) as supporting_agencies,
        count(ordered.unit_id) filter (ordered.role_code = 'district') as district_helper_count,
        string_agg(
            ordered.agency_name || coalesce(': ' || ordered.leader_name, ''), '; '
            order by ordered.agency_name, ordered.leader_name
        ) filter (ordered.role_code = 'district') as district_helpers
    from communes
    left join ordered on communes.unit_id = ordered.unit_id
    group by all
),

judged as (
    select
        *,
        case
            when main_count = 0 then 'none'
            when main_count = 1 then 'main'
            when is_handed_over then 'hand_over'
            else 'double'
        end as status
    from by_commune
),

final as (
    select
        reported_by_unit_id,
        reported_by_name,
        unit_id,
        commune_name,
        status,
        main_count,
        main_leaders,
        agencies_now,
        decisions,
        support_count,
        supporting_agencies,
        district_helper_count,
        district_helpers,
        count(*) over () as communes_in_scope,
        count(*) filter (status = 'none') over () as communes_with_none,
        round(100.0 * count(*) filter (status = 'none') over () / count(*) over (), 2) as gap_pct
    from judged
    order by reported_by_unit_id, unit_id
)

select * from final
