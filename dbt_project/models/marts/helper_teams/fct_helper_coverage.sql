with

assignments as (
    select * from {{ ref('fct_helper_assignment') }}
    where
        role_code = 'main'
        and helper_level = 'province'
),

-- communes that stood on the closing day of a period reported on: all of them are in the arrangement
communes as (
    select distinct
        units.unit_id,
        units.valid_from,
        units.valid_to
    from {{ ref('stg_reference__administrative_units') }} as units
    inner join {{ ref('int_unit_on_closing_day') }} as standing on units.unit_id = standing.unit_id
    inner join {{ ref('int_open_period') }} as periods on standing.reporting_period_id = periods.reporting_period_id
    where
        standing.is_rural_commune
        and standing.is_of_office
),

arrangement as (
    select min(valid_from) as begins_on
    from assignments
),

-- days on which something may change in a commune, from the day the arrangement begins
changes as (
    select
        communes.unit_id,
        greatest(communes.valid_from, arrangement.begins_on) as day
    from communes
    cross join arrangement
    union
    select
        assignments.unit_id,
        assignments.valid_from as day
    from assignments
    union
    select
        assignments.unit_id,
        assignments.valid_to as day
    from assignments
    where assignments.valid_to is not null
),

intervals as (
    select
        changes.unit_id,
        changes.day as valid_from,
        coalesce(
            lead(changes.day) over (partition by changes.unit_id order by changes.day),
            communes.valid_to
        ) as valid_to
    from changes
    inner join communes on changes.unit_id = communes.unit_id
    where communes.valid_to is null or changes.day < communes.valid_to
),

held as (
    select
        intervals.unit_id as commune_id,
        intervals.valid_from as interval_from,
        assignments.*,
        row_number() over (
            partition by intervals.unit_id, intervals.valid_from
            order by assignments.valid_from desc, assignments.assignment_id
        ) as recency,
        lag(assignments.agency_code) over main_helpers as agency_before,
        lag(assignments.valid_from) over main_helpers as from_before,
        lag(assignments.valid_to) over main_helpers as to_before
    from intervals
    inner join assignments
        on
            intervals.unit_id = assignments.unit_id
            and assignments.valid_from <= intervals.valid_from
            and (assignments.valid_to is null or intervals.valid_from < assignments.valid_to)
    window main_helpers as (
        partition by intervals.unit_id, intervals.valid_from
        order by assignments.valid_from, assignments.assignment_id
    )
),

-- a hand-over: whoever came later stays longer, as far as decided, or is of the same agency
counted as (
    select
        commune_id,
        interval_from,
        count(*) as main_count,
        min(case
            when from_before is null or agency_code = agency_before then 1
            when valid_from > from_before and to_before is not null and (valid_to is null or valid_to > to_before) then 1
            else 0
        end) as is_handed_over,
        {{ list_ordered('agency_code', 'valid_from, agency_code', 'true') }} as agency_codes
    from held
    group by commune_id, interval_from
)

select
    intervals.unit_id,
    intervals.valid_from,
    intervals.valid_to,
    case
        when counted.main_count is null then 'none'
        when counted.main_count = 1 then 'main'
        when counted.is_handed_over = 1 then 'hand_over'
        else 'double'
    end as status,
    cast(coalesce(counted.main_count, 0) as int) as main_count,
    counted.agency_codes,
    held.assignment_id,
    cast({{ days_apart('intervals.valid_from', 'intervals.valid_to') }} as int) as day_count
from intervals
left join counted
    on
        intervals.unit_id = counted.commune_id
        and intervals.valid_from = counted.interval_from
left join held
    on
        intervals.unit_id = held.commune_id
        and intervals.valid_from = held.interval_from
        and held.recency = 1
