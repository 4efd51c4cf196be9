with

areas as (
    select * from {{ ref('fct_residential_area_status') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

-- the latest report that lists an area speaks for it; its rows of several titles name the same area
ranked as (
    select
        areas.*,
        first_value(areas.reporting_period_id) over (
            partition by areas.area_code order by periods.data_to, areas.title_code
        ) as first_reported_period_id,
        row_number() over (
            partition by areas.area_code
            order by periods.data_to desc, areas.known_at desc, areas.submission_id, areas.row_id
        ) as recency
    from areas
    inner join periods on areas.reporting_period_id = periods.reporting_period_id
)

select
    ranked.area_code,
    ranked.area_name,
    ranked.unit_id,
    ranked.kind_code,
    ranked.household_count,
    ranked.people_count,
    ranked.ended_on,
    ranked.first_reported_period_id,
    ranked.reporting_period_id as last_reported_period_id
from ranked
where ranked.recency = 1
