with

asked as (
    select * from {{ ref('int_condition_asked') }}
),

marks as (
    select * from {{ ref('int_mark_count') }}
),

statuses as (
    select * from {{ ref('fct_criterion_status') }}
),

named_criteria as (
    select * from {{ ref('stg_reference__condition_criteria') }}
),

place_shares as (
    select * from {{ ref('int_place_share') }}
),

results as (
    select * from {{ ref('fct_indicator_result') }}
),

topics as (
    select * from {{ ref('stg_reference__indicator_topics') }}
),

sets as (
    select * from {{ ref('int_set_of_period') }}
),

titles_on_day as (
    select * from {{ ref('int_title_on_closing_day') }}
    where is_held
),

grants_of_stage as (
    select distinct
        periods.reporting_period_id,
        recognitions.unit_id,
        recognitions.title_code
    from {{ ref('fct_recognition') }} as recognitions
    inner join {{ ref('int_open_period') }} as periods
        on
            recognitions.stage_code = periods.stage_code
            and recognitions.decision_date <= periods.data_to
    where recognitions.act_code <> 'withdrawal'
),

surveys as (
    select * from {{ ref('int_survey_on_closing_day') }}
),

registrations as (
    select * from {{ ref('int_registration_on_closing_day') }}
),

-- works that the programme pays, or the one that it was merged into, by commune; where the list of projects came in, nothing listed is no debt
debts as (
    select
        reporting_period_id,
        unit_id,
        sum(coalesce(debt_computed_vnd, debt_vnd)) as debt_vnd
    from {{ ref('fct_construction_debt') }}
    where
        programme_code = 'NTM'
        or programme_code in (
            select programmes.merged_into
            from {{ ref('stg_reference__programmes') }} as programmes
            where programmes.programme_code = 'NTM'
        )
    group by reporting_period_id, unit_id
),

project_lists as (
    select
        reporting_period_id,
        reporting_unit_id
    from {{ ref('int_form_part_validity') }}
    where
        form = 'projects'
        and is_current
),

-- rules of withdrawal that ask for one of certain criteria among those failed
named_failures as (
    select
        statuses.reporting_period_id,
        statuses.unit_id,
        statuses.criteria_set_code,
        named_criteria.condition_code,
        count(*) as failed_count
    from statuses
    inner join named_criteria
        on
            statuses.criteria_set_code = named_criteria.set_code
            and statuses.criterion_no = named_criteria.criterion_no
    where statuses.judged_mark = 'CD'
    group by
        statuses.reporting_period_id,
        statuses.unit_id,
        statuses.criteria_set_code,
        named_criteria.condition_code
),

incomes as (
    select
        results.reporting_period_id,
        results.unit_id,
        100 * (results.value / nullif(results.threshold_value, 0) - 1) as over_threshold_pct
    from results
    inner join topics
        on
            results.criteria_set_code = topics.set_code
            and results.indicator_no = topics.indicator_no
    inner join sets
        on
            results.reporting_period_id = sets.reporting_period_id
            and results.criteria_set_code = sets.criteria_set_code
    where
        topics.topic_code = 'income'
        and sets.title_code = 'NTM_NC'
),

measured as (
    select
        asked.*,
        case asked.metric
            when 'criteria_met_share' then marks.met_count
            when 'criteria_met_count' then marks.met_count
            when 'criteria_failed_share' then marks.failed_count
            when 'place_share' then case when asked.is_register_known then place_shares.holder_count end
            when 'satisfaction' then surveys.satisfied_count
        end as numerator,
        case asked.metric
            when 'criteria_met_share' then marks.criteria_total
            when 'criteria_met_count' then marks.criteria_total
            when 'criteria_failed_share' then marks.criteria_total
            when 'place_share' then coalesce(place_shares.place_count, 0)
            when 'satisfaction' then surveys.asked_count
        end as denominator,
        marks.marked_count = marks.criteria_total as is_marked,
        case asked.metric
            when 'base_title_held' then case when base_held.unit_id is not null then 1 else 0 end
            when 'base_title_of_stage_held'
                then case when base_held.unit_id is not null and base_granted.unit_id is not null then 1 else 0 end
        end as held,
        case asked.metric
            when 'reported_indicator' then results.value
            when 'income_over_advanced' then incomes.over_threshold_pct
            when 'registration_years' then registrations.full_years
            when 'construction_debt'
                then case when project_lists.reporting_unit_id is not null then coalesce(debts.debt_vnd, 0) / 1000000 end
        end as figure,
        results.value as reported_value,
        (
            asked.condition_code not in (select condition_code from named_criteria)
            or coalesce(named_failures.failed_count, 0) > 0
        )
        and (asked.required_each is null or surveys.lowest_content_pct >= asked.required_each) as is_qualified
    from asked
    left join marks
        on
            asked.reporting_period_id = marks.reporting_period_id
            and asked.unit_id = marks.unit_id
            and asked.criteria_set_code = marks.criteria_set_code
    left join named_failures
        on
            asked.reporting_period_id = named_failures.reporting_period_id
            and asked.unit_id = named_failures.unit_id
            and asked.criteria_set_code = named_failures.criteria_set_code
            and asked.condition_code = named_failures.condition_code
    left join place_shares
        on
            asked.reporting_period_id = place_shares.reporting_period_id
            and asked.unit_id = place_shares.unit_id
            and asked.condition_code = place_shares.condition_code
    left join titles_on_day as base_held
        on
            asked.reporting_period_id = base_held.reporting_period_id
            and asked.unit_id = base_held.unit_id
            and asked.base_title_code = base_held.title_code
    left join grants_of_stage as base_granted
        on
            asked.reporting_period_id = base_granted.reporting_period_id
            and asked.unit_id = base_granted.unit_id
            and asked.base_title_code = base_granted.title_code
    left join results
        on
            asked.reporting_period_id = results.reporting_period_id
            and asked.unit_id = results.unit_id
            and asked.criteria_set_code = results.criteria_set_code
            and asked.condition_code = results.indicator_no
    left join incomes
        on
            asked.reporting_period_id = incomes.reporting_period_id
            and asked.unit_id = incomes.unit_id
            and asked.metric = 'income_over_advanced'
    left join surveys
        on
            asked.reporting_period_id = surveys.reporting_period_id
            and asked.unit_id = surveys.unit_id
            and asked.title_code = surveys.title_code
            and asked.metric = 'satisfaction'
    left join registrations
        on
            asked.reporting_period_id = registrations.reporting_period_id
            and asked.unit_id = registrations.unit_id
            and asked.metric = 'registration_years'
    left join debts
        on
            asked.reporting_period_id = debts.reporting_period_id
            and asked.unit_id = debts.unit_id
            and asked.metric = 'construction_debt'
    left join project_lists
        on
            asked.reporting_period_id = project_lists.reporting_period_id
            and asked.reporting_unit_id = project_lists.reporting_unit_id
            and asked.metric = 'construction_debt'
)

select
    measured.reporting_period_id,
    measured.unit_id,
    measured.title_code,
    measured.condition_code,
    cast(measured.numerator as int) as numerator,
    cast(measured.denominator as int) as denominator,
    cast(
        case
            when measured.metric in ('criteria_met_share', 'criteria_failed_share')
                then case when measured.is_marked then 100.0 * measured.numerator / measured.denominator end
            when measured.metric = 'criteria_met_count' then case when measured.is_marked then measured.numerator end
            when measured.metric in ('place_share', 'satisfaction')
                then 100.0 * measured.numerator / nullif(measured.denominator, 0)
            when measured.metric like 'base_title%' then case when measured.is_register_known then measured.held end
            else measured.figure
        end as decimal(24, 6)
    ) as value,
    measured.reported_value,
    measured.metric <> 'place_share' or measured.denominator > 0 as is_applicable,
    measured.is_qualified
from measured
