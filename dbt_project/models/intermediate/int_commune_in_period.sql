with

standings as (
    select * from {{ ref('fct_unit_standing') }}
),

sets as (
    select * from {{ ref('int_set_of_period') }}
),

titles as (
    select * from {{ ref('stg_reference__titles') }}
)

select
    standings.reporting_period_id,
    standings.reporting_unit_id,
    standings.unit_id,
    standings.standing,
    standings.criteria_total,
    standings.criteria_met_declared,
    standings.criteria_met_declared is not null as is_reported,
    standings.standing = 'recognised' as is_recognised,
    standings.standing = 'recognised' and coalesce(titles.rank >= 2, false) as is_advanced,
    standings.standing = 'recognised' and coalesce(titles.rank >= 3, false) as is_model
from standings
inner join sets
    on
        standings.reporting_period_id = sets.reporting_period_id
        and standings.criteria_set_code = sets.criteria_set_code
left join titles on standings.title_code = titles.title_code
where
    sets.subject_kind = 'commune'
    and sets.is_base_set
