with

standings as (
    select * from {{ ref('fct_unit_standing') }}
    where subject_level = 'commune'
),

statuses as (
    select * from {{ ref('fct_criterion_status') }}
    where subject_level = 'commune'
),

units as (
    select * from {{ ref('dim_administrative_unit') }}
),

reporting_units as (
    select * from {{ ref('stg_reference__reporting_units') }}
),

titles as (
    select * from {{ ref('stg_reference__titles') }}
),

bands as (
    select * from {{ ref('stg_reference__status_bands') }}
),

-- a mark per criterion, as the form that units send has them side by side; the longest set has 19 criteria
marks as (
    select
        reporting_period_id,
        unit_id,
        criteria_set_code,
        {{ criterion_marks('max(case when criterion_no = NUMBER then declared_mark end) as COLUMN') }}
    from statuses
    group by reporting_period_id, unit_id, criteria_set_code
)

select
    standings.reporting_period_id,
    standings.reporting_unit_id,
    reporting_units.name_vi as reporting_unit_name_vi,
    standings.unit_id,
    units.name_vi as unit_name_vi,
    standings.criteria_set_code,
    standings.standing,
    titles.name_vi as title_name_vi,
    standings.criteria_total,
    standings.criteria_met_declared,
    standings.criteria_met_computed,
    bands.label_vi as band_label_vi,
    standings.criteria_missing,
    standings.rank_in_province,
    {{ criterion_marks('marks.COLUMN') }}
from standings
inner join units on standings.unit_id = units.unit_id
left join reporting_units on standings.reporting_unit_id = reporting_units.reporting_unit_id
left join titles on standings.title_code = titles.title_code
left join bands
    on
        standings.criteria_set_code = bands.set_code
        and standings.band_code = bands.band_code
left join marks
    on
        standings.reporting_period_id = marks.reporting_period_id
        and standings.unit_id = marks.unit_id
        and standings.criteria_set_code = marks.criteria_set_code
