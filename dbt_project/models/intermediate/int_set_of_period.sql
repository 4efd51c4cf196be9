with

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

title_sets as (
    select * from {{ ref('stg_reference__title_sets') }}
),

titles as (
    select * from {{ ref('stg_reference__titles') }}
)

select
    periods.reporting_period_id,
    title_sets.set_code as criteria_set_code,
    title_sets.title_code,
    titles.subject_kind,
    titles.base_title_code is null as is_base_set
from periods
inner join title_sets
    on
        periods.stage = title_sets.stage
        and coalesce(title_sets.province_code, {{ office_province() }}) = {{ office_province() }}
inner join titles on title_sets.title_code = titles.title_code
where periods.period_type <> 'stage'
