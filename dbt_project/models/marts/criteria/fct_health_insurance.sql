with

results as (
    select * from {{ ref('fct_indicator_result') }}
),

periods as (
    select * from {{ ref('int_open_period') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

owed as (
    select * from {{ ref('stg_reference__expected_submissions') }}
    where form = 'criteria_results'
),

-- the indicator of each set that judges in the period: the base set asks it of every commune, others of their own
indicators as (
    select
        sets.reporting_period_id,
        sets.title_code,
        sets.is_base_set,
        topics.set_code as criteria_set_code,
        topics.indicator_no
    from {{ ref('int_set_of_period') }} as sets
    inner join {{ ref('stg_reference__indicator_topics') }} as topics on sets.criteria_set_code = topics.set_code
    where topics.topic_code = 'health_insurance'
),

reported as (
    select
        results.*,
        indicators.title_code
    from results
    inner join indicators
        on
            results.reporting_period_id = indicators.reporting_period_id
            and results.criteria_set_code = indicators.criteria_set_code
            and results.indicator_no = indicators.indicator_no
),

-- met in all, and for men and women where they are told apart
verdicts as (
    select
        reporting_period_id,
        unit_id,
        title_code,
        max(case when part_code = 'male' then numerator end) as male_insured_count,
        max(case when part_code = 'male' then denominator end) as male_people_count,
        max(case when part_code = 'female' then numerator end) as female_insured_count,
        max(case when part_code = 'female' then denominator end) as female_people_count,
        sum(case when part_code in ('male', 'female') and value is not null then 1 else 0 end) = 2 as is_by_sex,
        case
            when max(case when part_code = 'total' then computed_verdict end) is null then null
            else max(case when computed_verdict = 'CD' then 1 else 0 end) = 0
        end as is_met
    from reported
    group by reporting_period_id, unit_id, title_code
),

-- every rural commune that owes the matrix stands under the base set, whether it reported or not
subjects as (
    select
        periods.reporting_period_id,
        periods.data_to,
        units.unit_id,
        units.reporting_unit_id,
        indicators.title_code,
        indicators.criteria_set_code,
        indicators.indicator_no
    from owed
    inner join periods on owed.reporting_period_id = periods.reporting_period_id
    inner join units
        on
            owed.reporting_period_id = units.reporting_period_id
            and owed.reporting_unit_id = units.reporting_unit_id
    inner join indicators on owed.reporting_period_id = indicators.reporting_period_id
    left join verdicts
        on
            owed.reporting_period_id = verdicts.reporting_period_id
            and units.unit_id = verdicts.unit_id
            and indicators.title_code = verdicts.title_code
    where
        units.is_rural_commune
        and units.is_of_office
        and (indicators.is_base_set or verdicts.unit_id is not null)
),

histories as (
    select
        subjects.*,
        verdicts.is_met,
        verdicts.is_by_sex,
        verdicts.male_insured_count,
        verdicts.male_people_count,
        verdicts.female_insured_count,
        verdicts.female_people_count,
        min(case when verdicts.is_met then subjects.data_to end) over history as first_met_on
    from subjects
    left join verdicts
        on
            subjects.reporting_period_id = verdicts.reporting_period_id
            and subjects.unit_id = verdicts.unit_id
            and subjects.title_code = verdicts.title_code
    window history as (partition by subjects.unit_id, subjects.title_code order by subjects.data_to)
),

-- what has happened since it was first met: a failure is a loss, a period without a figure breaks the proof
proven as (
    select
        histories.*,
        sum(case when histories.first_met_on is not null and not histories.is_met then 1 else 0 end)
            over history as failed_count,
        sum(case when histories.first_met_on is not null and histories.is_met is null then 1 else 0 end)
            over history as unproven_count
    from histories
    window history as (partition by histories.unit_id, histories.title_code order by histories.data_to)
)

select
    proven.reporting_period_id,
    proven.reporting_unit_id,
    reported.submission_id,
    reported.judgement_id,
    reported.form,
    reported.sheet,
    reported.row_id,
    reported.known_at,
    proven.unit_id,
    proven.title_code,
    proven.criteria_set_code,
    proven.indicator_no,
    reported.numerator as insured_count,
    reported.denominator as people_count,
    reported.value as insured_pct,
    reported.threshold_value,
    reported.distance,
    proven.male_insured_count,
    proven.male_people_count,
    proven.female_insured_count,
    proven.female_people_count,
    proven.is_by_sex,
    proven.is_met,
    case
        when proven.is_met is null then case when proven.first_met_on is null then 'no_data' else 'unverified' end
        when not proven.is_met then case when proven.first_met_on is null then 'never_met' else 'lost' end
        when proven.failed_count > 0 then 'regained'
        when proven.unproven_count > 0 then 'unverified'
        else 'kept'
    end as state_code,
    proven.first_met_on
from proven
left join reported
    on
        proven.reporting_period_id = reported.reporting_period_id
        and proven.unit_id = reported.unit_id
        and proven.title_code = reported.title_code
        and reported.part_code = 'total'
