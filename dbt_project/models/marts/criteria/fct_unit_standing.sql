with

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

open_periods as (
    select * from {{ ref('int_open_period') }}
),

sets as (
    select * from {{ ref('int_set_of_period') }}
),

criteria_sets as (
    select * from {{ ref('stg_reference__criteria_sets') }}
),

bands as (
    select * from {{ ref('stg_reference__status_bands') }}
),

titles as (
    select * from {{ ref('stg_reference__titles') }}
),

titles_on_day as (
    select * from {{ ref('int_title_on_closing_day') }}
),

reassessments as (
    select * from {{ ref('int_reassessment') }}
),

statuses as (
    select * from {{ ref('fct_criterion_status') }}
),

reports as (
    select
        reporting_period_id,
        unit_id,
        criteria_set_code,
        max(subject_level) as subject_level,
        max(reporting_unit_id) as reporting_unit_id,
        max(submission_id) as submission_id,
        max(judgement_id) as judgement_id,
        max(form) as form,
        max(sheet) as sheet,
        min(row_id) as row_id,
        max(known_at) as known_at,
        count(declared_mark) as declared_count,
        sum(case when declared_mark in ('D', 'KAD') then 1 else 0 end) as declared_met_count,
        count(computed_mark) as computed_count,
        sum(case when computed_mark = 'D' then 1 else 0 end) as computed_met_count,
        {{ list_ordered('cast(criterion_no as string)', 'criterion_no', "declared_mark = 'CD'") }}
            as criteria_missing
    from statuses
    group by reporting_period_id, unit_id, criteria_set_code
),

-- every rural commune stands in the base set, whether it reported or not; in other sets, whoever reported on them
subjects as (
    select
        units.reporting_period_id,
        units.unit_id,
        sets.criteria_set_code
    from units
    inner join open_periods on units.reporting_period_id = open_periods.reporting_period_id
    inner join sets
        on
            units.reporting_period_id = sets.reporting_period_id
            and sets.subject_kind = 'commune'
            and sets.is_base_set
    where
        units.is_rural_commune
        and units.is_of_office
    union
    select
        reports.reporting_period_id,
        reports.unit_id,
        reports.criteria_set_code
    from reports
),

highest_titles as (
    select
        titles_on_day.reporting_period_id,
        titles_on_day.unit_id,
        titles_on_day.title_code,
        row_number() over (
            partition by titles_on_day.reporting_period_id, titles_on_day.unit_id
            order by titles.rank desc, titles.title_code
        ) as precedence
    from titles_on_day
    inner join titles on titles_on_day.title_code = titles.title_code
    where titles_on_day.is_held
),

described as (
    select
        subjects.reporting_period_id,
        coalesce(reports.reporting_unit_id, units.reporting_unit_id) as reporting_unit_id,
        reports.submission_id,
        reports.judgement_id,
        reports.form,
        reports.sheet,
        reports.row_id,
        reports.known_at,
        subjects.unit_id,
        coalesce(reports.subject_level, units.unit_level) as subject_level,
        subjects.criteria_set_code,
        cast(criteria_sets.n_criteria as int) as criteria_total,
        cast(case when reports.declared_count > 0 then reports.declared_met_count end as int) as criteria_met_declared,
        cast(case when reports.computed_count > 0 then reports.computed_met_count end as int) as criteria_met_computed,
        reports.criteria_missing,
        highest_titles.title_code,
        set_titles.is_held as is_title_held,
        reassessments.unit_id is not null as is_merged_from_holder,
        cast(
            rank() over (
                partition by subjects.reporting_period_id, subjects.criteria_set_code, units.unit_level
                order by reports.declared_met_count desc nulls last
            ) as int
        ) as rank_in_province
    from subjects
    inner join units
        on
            subjects.reporting_period_id = units.reporting_period_id
            and subjects.unit_id = units.unit_id
    inner join criteria_sets on subjects.criteria_set_code = criteria_sets.set_code
    left join sets
        on
            subjects.reporting_period_id = sets.reporting_period_id
            and subjects.criteria_set_code = sets.criteria_set_code
    left join reports
        on
            subjects.reporting_period_id = reports.reporting_period_id
            and subjects.unit_id = reports.unit_id
            and subjects.criteria_set_code = reports.criteria_set_code
    left join titles_on_day as set_titles
        on
            subjects.reporting_period_id = set_titles.reporting_period_id
            and subjects.unit_id = set_titles.unit_id
            and sets.title_code = set_titles.title_code
    left join reassessments
        on
            subjects.reporting_period_id = reassessments.reporting_period_id
            and subjects.unit_id = reassessments.unit_id
            and sets.title_code = reassessments.title_code
    left join highest_titles
        on
            subjects.reporting_period_id = highest_titles.reporting_period_id
            and subjects.unit_id = highest_titles.unit_id
            and highest_titles.precedence = 1
)

select
    {{ lineage('described') }},
    described.unit_id,
    described.subject_level,
    described.criteria_set_code,
    described.criteria_total,
    described.criteria_met_declared,
    described.criteria_met_computed,
    bands.band_code,
    case
        when described.is_title_held then 'recognised'
        when not described.is_title_held then 'withdrawn'
        when described.is_merged_from_holder then 'to_be_reassessed'
        when described.criteria_met_declared is null then 'no_report'
        when described.criteria_met_declared >= described.criteria_total then 'completed_not_recognised'
        else 'in_progress'
    end as standing,
    described.title_code,
    described.criteria_missing,
    case when described.criteria_met_declared is not null then described.rank_in_province end as rank_in_province
from described
left join bands
    on
        described.criteria_set_code = bands.set_code
        and described.criteria_met_declared between bands.criteria_from and bands.criteria_to
