with

obstacles as (
    select * from {{ ref('fct_obstacle') }}
    where kind_code = 'obstacle'
),

years as (
    select * from {{ ref('stg_reference__reporting_periods') }}
    where period_type = 'year'
)

select
    years.reporting_period_id,
    obstacles.obstacle_id,
    obstacles.reporting_unit_id,
    obstacles.agency_code,
    obstacles.unit_id,
    case when obstacles.resolved_on <= obstacles.last_day_in_time then 1 else 0 end as is_resolved_in_time
from obstacles
inner join years
    on
        obstacles.raised_on >= years.data_from
        and obstacles.raised_on <= years.data_to
