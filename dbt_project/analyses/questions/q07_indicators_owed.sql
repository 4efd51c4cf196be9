-- Câu hỏi 7. Sở, ngành nào đang "nợ" nhiều chỉ tiêu chưa đạt nhất, ở đâu, từ bao giờ?
-- Question 7. Which department has the most unmet indicators, where, and since when?
-- Items: 1.17, 1.18, 1.25, 2.11
-- Parameters: $day (DATE) = D; $known_at (TIMESTAMPTZ) = K, null = all that is known today.
-- Whole / Trọn vẹn.
-- Grain: department x area (reporting unit, province). What is counted: commune x indicator of the base set not met at
-- P, the latest period closed by D in which the indicator matrix is owed (6 months, year). The computed verdict counts,
-- the declared one where figures cannot tell; an indicator is not met when any deciding part is not.
-- Department: by the assignment in force on the closing day of P; where there is none, the national default
-- (is_default). Counts add up over departments only at this grain. Denominator: commune x indicator in its charge,
-- reported at P. since: the first period of the present unbroken run of "not met"; a period without a report does not
-- restart the run. Age in days runs from that period's closing day to D.
-- last_support_on: the latest activity of the department by D in the area (inspection, guidance, training, visit of a
-- helper team, …); null = none, chưa có.
with

expected as (
    select * from marts.fct_submission
),

reporting_units as (
    select * from marts.dim_reporting_unit
),

units as (
    select * from marts.dim_administrative_unit
),

periods as (
    select * from marts.dim_reporting_period
),

criteria_sets as (
    select * from marts.dim_criteria_set
),

indicators as (
    select * from marts.dim_indicator
),

judging_scopes as (
    select * from marts.dim_judging_scope
),

thresholds as (
    select * from marts.dim_threshold_in_force
),

agencies as (
    select * from marts.dim_agency
),

agency_assignments as (
    select * from marts.dim_agency_assignment
),

results as (
    select * from marts.fct_indicator_result__history
),

-- what the office knew at K: parts of accepted submissions that nothing had replaced by then
parts_known as (
    select *
    from marts.fct_submission_part
    where
        known_from <= coalesce($known_at::timestamptz, timestamptz 'infinity')
        and (known_to is null or known_to > coalesce($known_at::timestamptz, timestamptz 'infinity'))
),

-- the indicator matrix is owed at 6 months and for the year: other periods say nothing about it
matrix_periods as (
    select
        *,
        row_number() over (order by data_to desc) = 1 as is_asked
    from periods
    where
        period_type in ('6_months', 'year')
        and data_to <= $day::date
),

-- the office's own communes (xã) on D: those of the units that owe it reports
communes as (
    select distinct
        commune.unit_id,
        commune.name_vi,
        reporting_units.reporting_unit_id,
        reporting_units.unit_id as reported_by_unit_id,
        reporting_units.name_vi as reported_by_name
    from units as commune
    inner join reporting_units
        on
            reporting_units.unit_id in (commune.unit_id, commune.parent_unit_id)
            and reporting_units.valid_from <= $day::date
            and (reporting_units.valid_to is null or reporting_units.valid_to > $day::date)
    inner join expected on reporting_units.reporting_unit_id = expected.reporting_unit_id
    where
        commune.is_rural_commune
        and commune.valid_from <= $day::date
        and (commune.valid_to is null or commune.valid_to > $day::date)
),

base_sets as (
    select
        matrix_periods.*,
        criteria_sets.set_code as criteria_set_code,
        criteria_sets.n_criteria
    from matrix_periods
    inner join criteria_sets
        on
            criteria_sets.subject_kind = 'commune'
            and criteria_sets.province_code is null
            and criteria_sets.based_on_set is null
            and matrix_periods.year between criteria_sets.assessment_year_from and criteria_sets.assessment_year_to
),

-- a figure's own verdict: the value against the threshold in force; yes-or-no indicators have the declared one only
figures as (
    select
        results.reporting_period_id,
        results.unit_id,
        results.criteria_set_code,
        indicators.criterion_no,
        results.indicator_no,
        results.part_code,
        indicators.decides_verdict,
        results.numerator,
        results.denominator,
        results.value,
        results.declared_verdict,
        results.owner_name,
        results.planned_date,
        case
            when results.denominator <= thresholds.small_denominator_max then thresholds.small_denominator_value
            else thresholds.threshold_value
        end as required_value,
        case
            when results.declared_verdict = 'KAD' or indicators.value_kind in ('bool', 'level')
                then results.declared_verdict
            when results.value is null or required_value is null then null
            when indicators.direction = '>=' then if(results.value >= required_value, 'D', 'CD')
            when indicators.direction = '<=' then if(results.value <= required_value, 'D', 'CD')
            when indicators.direction = '=' then if(results.value = required_value, 'D', 'CD')
        end as computed_verdict
    from results
    inner join parts_known
        on
            results.judgement_id = parts_known.judgement_id
            and results.form = parts_known.form
    inner join matrix_periods as asked on results.reporting_period_id = asked.reporting_period_id
    inner join indicators
        on
            results.criteria_set_code = indicators.set_code
            and results.indicator_no = indicators.indicator_no
            and results.part_code = indicators.part_code
    left join judging_scopes
        on
            results.reporting_period_id = judging_scopes.reporting_period_id
            and results.unit_id = judging_scopes.unit_id
            and results.criteria_set_code = judging_scopes.criteria_set_code
    left join thresholds
        on
            results.reporting_period_id = thresholds.reporting_period_id
            and judging_scopes.province_code = thresholds.province_code
            and judging_scopes.judging_code = thresholds.judging_code
            and results.criteria_set_code = thresholds.criteria_set_code
            and results.indicator_no = thresholds.indicator_no
            and results.part_code = thresholds.part_code
),

indicator_verdicts as (
    select
        base_sets.reporting_period_id,
        base_sets.data_to,
        base_sets.is_asked,
        figures.unit_id,
        figures.criteria_set_code,
        figures.indicator_no,
        bool_or(coalesce(figures.computed_verdict, figures.declared_verdict) = 'CD') as is_unmet
    from figures
    inner join base_sets
        on
            figures.reporting_period_id = base_sets.reporting_period_id
            and figures.criteria_set_code = base_sets.criteria_set_code
    where
        figures.decides_verdict
        and figures.unit_id in (select communes.unit_id from communes)
    group by all
),

runs as (
    select
        *,
        max(data_to) filter (not is_unmet) over (
            partition by unit_id, criteria_set_code, indicator_no
        ) as last_met_on
    from indicator_verdicts
),

ages as (
    select
        unit_id,
        criteria_set_code,
        indicator_no,
        bool_or(is_asked) as is_reported,
        bool_or(is_unmet) filter (is_asked) as is_unmet,
        min(data_to) filter (is_unmet and data_to > coalesce(last_met_on, date '0001-01-01')) as unmet_since,
        arg_min(reporting_period_id, data_to) filter (
            is_unmet and data_to > coalesce(last_met_on, date '0001-01-01')
        ) as unmet_since_period_id
    from runs
    group by all
    having bool_or(is_asked)
),

in_charge as (
    select
        communes.unit_id,
        communes.reported_by_unit_id,
        communes.reported_by_name,
        ages.indicator_no,
        ages.is_unmet,
        if(ages.is_unmet, ages.unmet_since, null) as unmet_since,
        if(ages.is_unmet, ages.unmet_since_period_id, null) as unmet_since_period_id,
        coalesce(agency_assignments.agency_code, national.agency_code) as agency_code,
        agency_assignments.agency_code is null as is_default
    from ages
    inner join communes on ages.unit_id = communes.unit_id
    inner join matrix_periods on matrix_periods.is_asked
    inner join units on ages.unit_id = units.unit_id
    left join agency_assignments
        on
            ages.criteria_set_code = agency_assignments.set_code
            and ages.indicator_no = agency_assignments.indicator_no
            and units.province_code = agency_assignments.province_code
            and agency_assignments.valid_from <= matrix_periods.data_to
            and (agency_assignments.valid_to is null or agency_assignments.valid_to > matrix_periods.data_to)
    left join (select distinct set_code, indicator_no, agency_code from indicators) as national
        on
            ages.criteria_set_code = national.set_code
            and ages.indicator_no = national.indicator_no
),

counted as (
    select
        agency_code,
        if(grouping(reported_by_unit_id) = 1, 'province', 'unit') as area_level,
        reported_by_unit_id as area_unit_id,
        if(grouping(reported_by_unit_id) = 1, 'Toàn tỉnh', reported_by_name) as area_name,
        bool_or(is_default) as has_default,
        count(*) filter (is_unmet) as unmet_count,
        count(*) as reported_count,
        count(distinct unit_id) filter (is_unmet) as commune_count,
        arg_min(unmet_since_period_id, unmet_since) as oldest_since_period_id,
        date_diff('day', min(unmet_since), $day::date) as oldest_days,
        round(avg(date_diff('day', unmet_since, $day::date)), 2) as average_days
    from in_charge
    group by grouping sets ((agency_code, reported_by_unit_id, reported_by_name), (agency_code))
),

-- what departments did for communes, townships and the units that report for them, as far as it was reported
support as (
    select
        activities.agency_code,
        coalesce(places.reported_by_unit_id, activities.unit_id) as reported_by_unit_id,
        max(activities.activity_date) as support_on
    from (
        select agency_code, unit_id, activity_date, judgement_id, form from marts.fct_activity__history
        union all
        select agency_code, unit_id, activity_date, judgement_id, form from marts.fct_helper_activity__history
    ) as activities
    inner join parts_known
        on
            activities.judgement_id = parts_known.judgement_id
            and activities.form = parts_known.form
    left join units as places on activities.unit_id = places.unit_id
    where
        activities.agency_code is not null
        and activities.activity_date <= $day::date
    group by all
),

last_support as (
    select
        agency_code,
        if(grouping(reported_by_unit_id) = 1, 'province', 'unit') as area_level,
        reported_by_unit_id as area_unit_id,
        max(support_on) as last_support_on
    from support
    group by grouping sets ((agency_code, reported_by_unit_id), (agency_code))
),

final as (
    select
        matrix_periods.reporting_period_id,
        counted.agency_code,
        agencies.name_vi as agency_name,
        counted.area_level,
        counted.area_unit_id,
        counted.area_name,
        counted.has_default,
        counted.unmet_count,
        counted.reported_count,
        round(100.0 * counted.unmet_count / counted.reported_count, 2) as unmet_pct,
        counted.commune_count,
        counted.oldest_since_period_id,
        counted.oldest_days,
        counted.average_days,
        last_support.last_support_on
    from counted
    inner join matrix_periods on matrix_periods.is_asked
    left join last_support
        on
            counted.agency_code = last_support.agency_code
            and counted.area_level = last_support.area_level
            and counted.area_unit_id is not distinct from last_support.area_unit_id
    left join agencies on counted.agency_code = agencies.agency_code
    order by
        max(counted.unmet_count) over (partition by counted.agency_code) desc, counted.agency_code,
        counted.area_level, counted.area_unit_id
)

select * from final
