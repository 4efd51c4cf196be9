with

days as (
    {{ days_between(var('first_date'), var('last_date')) }}
),

holidays as (
    select * from {{ ref('stg_reference__holidays') }}
)

select
    days.date_day,
    cast(extract(year from days.date_day) as int) as calendar_year,
    cast(extract(quarter from days.date_day) as int) as calendar_quarter,
    cast(extract(month from days.date_day) as int) as calendar_month,
    cast(extract(day from days.date_day) as int) as day_of_month,
    {{ weekday_iso('days.date_day') }} as weekday_iso,
    {{ weekday_iso('days.date_day') }} >= 6 as is_weekend,
    holidays.holiday_date is not null as is_holiday,
    holidays.name_vi as holiday_name_vi,
    {{ weekday_iso('days.date_day') }} < 6 and holidays.holiday_date is null as is_working_day
from days
left join holidays on days.date_day = holidays.holiday_date
