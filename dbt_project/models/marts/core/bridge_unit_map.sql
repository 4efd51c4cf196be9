with

paths as (
    select * from {{ ref('int_map_path') }}
),

units as (
    select * from {{ ref('int_map_unit') }}
),

maps as (
    select * from {{ ref('dim_map') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

profiles as (
    select * from {{ ref('fct_commune_profile') }}
    where people_count is not null
),

-- whose people weigh a target: its own, or, of a district, those of its communes that went there
weighers as (
    select
        paths.from_map_date,
        paths.from_unit_id,
        paths.to_map_date,
        paths.to_unit_id,
        paths.to_map_date as weigher_map_date,
        paths.to_unit_id as weigher_unit_id,
        1 as weigher_target_count
    from paths
    where
        paths.target_count > 1
        and not paths.is_district_divided
    union all
    select
        paths.from_map_date,
        paths.from_unit_id,
        paths.to_map_date,
        paths.to_unit_id,
        of_communes.from_map_date as weigher_map_date,
        of_communes.from_unit_id as weigher_unit_id,
        of_communes.target_count as weigher_target_count
    from paths
    inner join units as communes
        on
            paths.from_map_date = communes.map_date
            and paths.from_unit_id = communes.parent_unit_id
    inner join paths as of_communes
        on
            communes.map_date = of_communes.from_map_date
            and communes.unit_id = of_communes.from_unit_id
            and paths.to_map_date = of_communes.to_map_date
            and paths.to_unit_id = of_communes.to_unit_id
    where paths.is_district_divided
),

-- how many units of one map make up a unit of another, each of them wholly
makings as (
    select
        from_map_date,
        to_map_date,
        to_unit_id,
        count(*) as source_count
    from paths
    where not is_district_divided
    group by from_map_date, to_map_date, to_unit_id
    having max(target_count) = 1
),

-- a profile speaks of a unit on every map on which the unit is made of whole units that the profile counts
people as (
    select
        paths.to_map_date as map_date,
        paths.to_unit_id as unit_id,
        profiles.reporting_period_id,
        periods.data_to,
        sum(profiles.people_count) as people_count
    from profiles
    inner join periods on profiles.reporting_period_id = periods.reporting_period_id
    inner join maps
        on
            periods.data_to >= maps.map_date
            and (maps.valid_to is null or periods.data_to < maps.valid_to)
    inner join paths
        on
            maps.map_date = paths.from_map_date
            and profiles.unit_id = paths.from_unit_id
            and not paths.is_district_divided
    inner join makings
        on
            paths.from_map_date = makings.from_map_date
            and paths.to_map_date = makings.to_map_date
            and paths.to_unit_id = makings.to_unit_id
    group by
        paths.to_map_date,
        paths.to_unit_id,
        profiles.reporting_period_id,
        periods.data_to
    having count(*) = max(makings.source_count)
),

-- one profile for all targets of a unit, the latest that counts them all
weighed as (
    select
        weighers.from_map_date,
        weighers.from_unit_id,
        weighers.to_map_date,
        people.reporting_period_id,
        row_number() over (
            partition by weighers.from_map_date, weighers.from_unit_id, weighers.to_map_date
            order by people.data_to desc, people.reporting_period_id
        ) as recency
    from weighers
    inner join people
        on
            weighers.weigher_map_date = people.map_date
            and weighers.weigher_unit_id = people.unit_id
    where weighers.weigher_target_count = 1
    group by
        weighers.from_map_date,
        weighers.from_unit_id,
        weighers.to_map_date,
        people.data_to,
        people.reporting_period_id
    having
        sum(people.people_count) > 0
        and count(*) = (
            select count(*)
            from weighers as every_one
            where
                every_one.from_map_date = weighers.from_map_date
                and every_one.from_unit_id = weighers.from_unit_id
                and every_one.to_map_date = weighers.to_map_date
        )
),

weights as (
    select
        weighers.from_map_date,
        weighers.from_unit_id,
        weighers.to_map_date,
        weighers.to_unit_id,
        max(weighed.reporting_period_id) as reporting_period_id,
        sum(people.people_count) as people_count
    from weighers
    inner join weighed
        on
            weighers.from_map_date = weighed.from_map_date
            and weighers.from_unit_id = weighed.from_unit_id
            and weighers.to_map_date = weighed.to_map_date
            and weighed.recency = 1
    inner join people
        on
            weighers.weigher_map_date = people.map_date
            and weighers.weigher_unit_id = people.unit_id
            and weighed.reporting_period_id = people.reporting_period_id
    group by weighers.from_map_date, weighers.from_unit_id, weighers.to_map_date, weighers.to_unit_id
)

select
    paths.from_map_date,
    paths.from_unit_id,
    paths.to_map_date,
    paths.to_unit_id,
    case
        when paths.target_count > 1 then 'part'
        when paths.is_same_unit and paths.is_boundary_changed then 'boundary_changed'
        when paths.is_same_unit then 'same'
        else 'whole'
    end as relation_code,
    cast(paths.target_count as int) as target_count,
    paths.is_same_unit and paths.target_count = 1 as is_same_unit,
    paths.target_count = 1 and not paths.is_boundary_changed as is_exact,
    cast(
        case
            when paths.target_count = 1 then 1
            when paths.is_share_stated then paths.share
        end as decimal(18, 4)
    ) as stated_share,
    cast(weights.people_count as int) as people_count,
    weights.reporting_period_id as people_period_id
from paths
left join weights
    on
        paths.from_map_date = weights.from_map_date
        and paths.from_unit_id = weights.from_unit_id
        and paths.to_map_date = weights.to_map_date
        and paths.to_unit_id = weights.to_unit_id
