with

targets as (
    select * from {{ ref('fct_target__history') }}
),

parts as (
    select * from {{ ref('int_form_part_validity') }}
),

measures as (
    select * from {{ ref('stg_reference__target_measures') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

results as (
    select * from {{ ref('int_target_result') }}
),

-- the first accepted report of the year before speaks, and no later version of it: the flag is frozen
first_versions as (
    select
        parts.*,
        row_number() over (
            partition by parts.reporting_unit_id, parts.reporting_period_id, parts.form order by parts.version
        ) as version_order
    from parts
    where parts.form = 'targets'
),

frozen as (
    select
        targets.*,
        measures.measure_kind,
        row_number() over (
            partition by targets.unit_id, targets.plan_year, targets.measure_code
            order by periods.data_to desc, targets.known_at desc, targets.submission_id, targets.row_id
        ) as recency
    from targets
    inner join first_versions
        on
            targets.judgement_id = first_versions.judgement_id
            and targets.form = first_versions.form
            and first_versions.version_order = 1
    inner join measures on targets.measure_code = measures.measure_code
    inner join periods on targets.reporting_period_id = periods.reporting_period_id
    where
        periods.year < targets.plan_year
        and measures.measure_kind in ('flag', 'areas_new')
)

select
    {{ lineage('flags') }},
    flags.unit_id,
    flags.plan_year,
    flags.document_no,
    flags.decided_on,
    cast(wanted.target_value as int) as new_area_target,
    results.result_period_id,
    cast(results.result_part as int) as new_area_count,
    case
        when results.result_part < 2 then 'below_2'
        when results.result_part <= 3 then '2_to_3'
        when results.result_part > 3 then 'above_3'
    end as new_area_class
from frozen as flags
left join frozen as wanted
    on
        flags.unit_id = wanted.unit_id
        and flags.plan_year = wanted.plan_year
        and wanted.measure_kind = 'areas_new'
        and wanted.recency = 1
left join results
    on
        flags.judgement_id = results.judgement_id
        and flags.row_id = results.row_id
        and results.is_latest
where
    flags.measure_kind = 'flag'
    and flags.recency = 1
