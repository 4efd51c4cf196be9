with

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

indicators as (
    select * from {{ ref('stg_reference__indicators') }}
),

assignments as (
    select * from {{ ref('stg_reference__agency_assignments') }}
),

provinces as (
    select distinct
        reporting_period_id,
        province_code
    from {{ ref('int_unit_on_closing_day') }}
)

-- the assignment in force on the closing day; the department that the national set names, where there is none
select
    periods.reporting_period_id,
    provinces.province_code,
    indicators.set_code as criteria_set_code,
    indicators.indicator_no,
    coalesce(assignments.agency_code, indicators.agency_code) as agency_code,
    assignments.agency_code is not null as is_assigned,
    assignments.decision_no
from periods
inner join provinces on periods.reporting_period_id = provinces.reporting_period_id
cross join indicators
left join assignments
    on
        indicators.set_code = assignments.set_code
        and indicators.indicator_no = assignments.indicator_no
        and provinces.province_code = assignments.province_code
        and assignments.valid_from <= periods.data_to
        and (assignments.valid_to is null or periods.data_to < assignments.valid_to)
