with

history as (
    select * from {{ ref('fct_target__history') }}
),

measures as (
    select * from {{ ref('stg_reference__target_measures') }}
),

parts as (
    select * from {{ ref('int_form_part_validity') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

-- flags are frozen by the first accepted version, targets are those of the current one
versions as (
    select
        parts.*,
        row_number() over (
            partition by parts.reporting_unit_id, parts.reporting_period_id, parts.form order by parts.version
        ) as version_order
    from parts
    where parts.form = 'targets'
),

targets as (
    select history.*
    from history
    inner join versions
        on
            history.judgement_id = versions.judgement_id
            and history.form = versions.form
    where versions.is_current or versions.version_order = 1
),

aimed as (
    select
        targets.judgement_id,
        targets.row_id,
        targets.reporting_unit_id,
        targets.unit_id,
        targets.measure_code,
        targets.horizon_code,
        targets.plan_year,
        measures.measure_kind,
        measures.title_code,
        case
            when measures.measure_kind in ('titles_held', 'title_of_unit', 'title_of_commune') then 'recognitions'
            when measures.measure_kind = 'criteria_average' then 'criteria_summary'
            when measures.measure_kind in ('areas_held', 'areas_new', 'flag') then 'residential_areas'
            when measures.measure_kind = 'profile' then 'commune_profile'
        end as result_form
    from targets
    inner join measures on targets.measure_code = measures.measure_code
),

-- every report on what the target is about: of its year, or of a stage up to its last year
results as (
    select
        aimed.*,
        periods.reporting_period_id as result_period_id,
        periods.period_type,
        periods.year as result_year,
        row_number() over (
            partition by aimed.judgement_id, aimed.row_id order by periods.data_to desc
        ) as recency
    from aimed
    inner join parts
        on
            aimed.reporting_unit_id = parts.reporting_unit_id
            and aimed.result_form = parts.form
            and parts.is_current
    inner join periods
        on
            parts.reporting_period_id = periods.reporting_period_id
            and (
                periods.year = aimed.plan_year
                or (aimed.horizon_code = 'stage' and periods.year < aimed.plan_year)
            )
)

select
    results.judgement_id,
    results.row_id,
    results.unit_id,
    results.measure_code,
    results.measure_kind,
    results.title_code,
    results.plan_year,
    results.result_period_id,
    results.period_type,
    results.result_year,
    results.recency = 1 as is_latest,
    units.data_to as result_day,
    units.unit_id as member_unit_id,
    units.is_rural_commune
from results
inner join units
    on
        results.result_period_id = units.reporting_period_id
        and results.unit_id in (units.unit_id, units.parent_unit_id)
        and (units.unit_level = 'commune' or results.measure_kind = 'title_of_unit')
