with

registrations as (
    select * from {{ ref('fct_township_registration') }}
    where registered_on is not null
),

periods as (
    select * from {{ ref('int_open_period') }}
),

-- the latest report by then that says when a township registered
ranked as (
    select
        periods.reporting_period_id,
        periods.data_to,
        registrations.unit_id,
        registrations.registered_on,
        row_number() over (
            partition by periods.reporting_period_id, registrations.unit_id
            order by reported.data_to desc
        ) as recency
    from registrations
    inner join periods as reported on registrations.reporting_period_id = reported.reporting_period_id
    inner join periods on reported.data_to <= periods.data_to
)

select
    reporting_period_id,
    unit_id,
    registered_on,
    cast(
        extract(year from data_to) - extract(year from registered_on)
        - case
            when
                extract(month from data_to) * 100 + extract(day from data_to)
                < extract(month from registered_on) * 100 + extract(day from registered_on)
                then 1
            else 0
        end as int
    ) as full_years
from ranked
where recency = 1
