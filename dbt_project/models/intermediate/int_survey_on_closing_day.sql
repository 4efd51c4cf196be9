with

satisfaction as (
    select * from {{ ref('fct_satisfaction') }}
),

periods as (
    select * from {{ ref('int_open_period') }}
),

surveys as (
    select
        unit_id,
        title_code,
        surveyed_on,
        max(case when content_code = 'overall' then satisfied_count end) as satisfied_count,
        max(case when content_code = 'overall' then asked_count end) as asked_count,
        min(100.0 * satisfied_count / nullif(asked_count, 0)) as lowest_content_pct
    from satisfaction
    group by unit_id, title_code, surveyed_on
),

-- the latest survey of a unit for a title
ranked as (
    select
        periods.reporting_period_id,
        surveys.*,
        row_number() over (
            partition by periods.reporting_period_id, surveys.unit_id, surveys.title_code
            order by surveys.surveyed_on desc
        ) as recency
    from surveys
    inner join periods on surveys.surveyed_on <= periods.data_to
)

select
    reporting_period_id,
    unit_id,
    title_code,
    surveyed_on,
    satisfied_count,
    asked_count,
    lowest_content_pct
from ranked
where recency = 1
