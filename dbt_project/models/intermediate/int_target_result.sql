with

members as (
    select * from {{ ref('int_target_member') }}
),

recognitions as (
    select * from {{ ref('fct_recognition') }}
),

titles as (
    select * from {{ ref('stg_reference__titles') }}
),

standings as (
    select * from {{ ref('fct_unit_standing') }}
),

sets as (
    select * from {{ ref('int_set_of_period') }}
),

areas as (
    select * from {{ ref('fct_residential_area_status') }}
),

profiles as (
    select * from {{ ref('fct_commune_profile') }}
),

-- a title counts when it was given for the year aimed at or an earlier one: signed by the closing day of the report,
-- and in the report of a whole year whenever it was signed for that year
granted as (
    select
        members.judgement_id,
        members.row_id,
        members.result_period_id,
        members.member_unit_id,
        max(case when recognitions.act_code <> 'withdrawal' then recognitions.decision_date end) as granted_on,
        max(
            case
                when recognitions.act_code = 'withdrawal' and recognitions.decision_date <= members.result_day
                    then recognitions.decision_date
            end
        ) as withdrawn_on
    from members
    inner join recognitions
        on
            members.member_unit_id = recognitions.unit_id
            and (recognitions.act_code = 'withdrawal' or recognitions.year_recognised <= members.plan_year)
            and (
                recognitions.decision_date <= members.result_day
                or (members.period_type = 'year' and recognitions.year_recognised <= members.result_year)
            )
    inner join titles on recognitions.title_code = titles.title_code
    where
        members.title_code = recognitions.title_code
        or (
            members.measure_kind = 'title_of_unit'
            and members.unit_id = members.member_unit_id
            and titles.subject_kind = 'district'
        )
    group by members.judgement_id, members.row_id, members.result_period_id, members.member_unit_id
),

areas_counted as (
    select
        members.judgement_id,
        members.row_id,
        members.result_period_id,
        members.member_unit_id,
        sum(case when areas.is_held then 1 else 0 end) as held_count,
        sum(case when areas.is_new_in_year then 1 else 0 end) as new_count
    from members
    inner join areas
        on
            members.result_period_id = areas.reporting_period_id
            and members.member_unit_id = areas.unit_id
            and areas.title_code = case when members.measure_kind = 'flag' then 'KDC_NTM' else members.title_code end
    group by members.judgement_id, members.row_id, members.result_period_id, members.member_unit_id
),

base_standings as (
    select standings.*
    from standings
    inner join sets
        on
            standings.reporting_period_id = sets.reporting_period_id
            and standings.criteria_set_code = sets.criteria_set_code
            and sets.is_base_set
            and sets.subject_kind = 'commune'
),

counted as (
    select
        members.*,
        case
            when members.measure_kind in ('titles_held', 'title_of_commune', 'title_of_unit')
                then
                    case
                        when
                            granted.granted_on is not null
                            and (granted.withdrawn_on is null or granted.withdrawn_on < granted.granted_on)
                            then 1
                        else 0
                    end
            when members.measure_kind = 'criteria_average' then base_standings.criteria_met_declared
            when members.measure_kind = 'areas_held' then coalesce(areas_counted.held_count, 0)
            when members.measure_kind in ('areas_new', 'flag') then coalesce(areas_counted.new_count, 0)
            when members.measure_code = 'HO_NGHEO' then profiles.poor_household_count
            when members.measure_code = 'VIEC_LAM' then profiles.stable_work_household_count
            when members.measure_code = 'THU_NHAP'
                then cast(profiles.income_per_head_vnd as decimal(24, 6)) * profiles.people_count / 1000000
        end as part,
        case
            when members.measure_kind = 'criteria_average' and base_standings.criteria_met_declared is not null then 1
            when members.measure_code in ('HO_NGHEO', 'VIEC_LAM') then profiles.household_count
            when members.measure_code = 'THU_NHAP' and profiles.income_per_head_vnd is not null
                then profiles.people_count
        end as whole
    from members
    left join granted
        on
            members.judgement_id = granted.judgement_id
            and members.row_id = granted.row_id
            and members.result_period_id = granted.result_period_id
            and members.member_unit_id = granted.member_unit_id
    left join areas_counted
        on
            members.judgement_id = areas_counted.judgement_id
            and members.row_id = areas_counted.row_id
            and members.result_period_id = areas_counted.result_period_id
            and members.member_unit_id = areas_counted.member_unit_id
    left join base_standings
        on
            members.result_period_id = base_standings.reporting_period_id
            and members.member_unit_id = base_standings.unit_id
    left join profiles
        on
            members.result_period_id = profiles.reporting_period_id
            and members.member_unit_id = profiles.unit_id
    where
        members.is_rural_commune
        or members.measure_kind not in ('titles_held', 'criteria_average')
)

select
    counted.judgement_id,
    counted.row_id,
    counted.result_period_id,
    counted.is_latest,
    cast(sum(counted.part) as decimal(24, 6)) as result_part,
    cast(sum(counted.whole) as decimal(24, 6)) as result_whole
from counted
group by counted.judgement_id, counted.row_id, counted.result_period_id, counted.is_latest
