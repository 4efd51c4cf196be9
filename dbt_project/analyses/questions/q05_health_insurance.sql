-- Câu hỏi 5. Bao nhiêu phần trăm số xã đạt, và bao nhiêu giữ được, chỉ tiêu bảo hiểm y tế? Xã nào mất?
-- Question 5. What share of communes meets, and what share has kept, the health-insurance indicator? Which lost it?
-- Items: 1.15, 1.16
-- Parameters: $day (DATE) = D; $known_at (TIMESTAMPTZ) = K, null = all that is known today.
-- Whole / Trọn vẹn. The indicator matrix is owed at 6 months and for the year: P is the latest such period closed by D,
-- and the quarters in between neither prove nor break anything.
-- Grain: area (reporting unit, province). Denominator: all communes on the closing day of P, reported or not; target
-- 100% a year. Meets: indicator 15.1 of the base set at or above its threshold for the commune and, where reported by
-- sex, for men and for women (without_sex_count: only the total was reported). kept is nested in meets: met at P and at
-- every period since it was first met, none missing. The states are exclusive and add up to commune_count: kept,
-- regained (met again after a loss), unverified (met before, but a period since has no data), lost, never_met, no_data.
-- insured / population is recomputed from the parts, over the communes that gave both. Advanced communes (title held on
-- D) are also shown on 14.1 of the advanced set; the target uses 15.1 for all.
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

successions as (
    select * from marts.bridge_unit_succession
),

periods as (
    select * from marts.dim_reporting_period
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

recognitions as (
    select * from marts.fct_recognition__history
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

-- the office's own communes (xã) on the closing day of P: those of the units that owe it reports
communes as (
    select distinct
        commune.unit_id,
        commune.name_vi,
        reporting_units.reporting_unit_id,
        reporting_units.unit_id as reported_by_unit_id,
        reporting_units.name_vi as reported_by_name
    from units as commune
    inner join matrix_periods on matrix_periods.is_asked
    inner join reporting_units
        on
            reporting_units.unit_id in (commune.unit_id, commune.parent_unit_id)
            and reporting_units.valid_from <= matrix_periods.data_to
            and (reporting_units.valid_to is null or reporting_units.valid_to > matrix_periods.data_to)
    inner join expected on reporting_units.reporting_unit_id = expected.reporting_unit_id
    where
        commune.is_rural_commune
        and commune.valid_from <= matrix_periods.data_to
        and (commune.valid_to is null or commune.valid_to > matrix_periods.data_to)
),

-- a commune kept or renamed under a new identifier is the same commune; one that is merged or split is not
same_units as (
    select
        predecessor_unit_id,
        successor_unit_id
    from successions
    where
        kind in ('keep', 'rename')
        and effective_date <= $day::date
),

-- a register: each report repeats the events of the year, so the latest report that names an event speaks for it
events as (
    select
        coalesce(same_units.successor_unit_id, recognitions.unit_id) as unit_id,
        recognitions.title_code,
        recognitions.stage_code,
        recognitions.act_code,
        recognitions.decision_date
    from recognitions
    inner join parts_known
        on
            recognitions.judgement_id = parts_known.judgement_id
            and recognitions.form = parts_known.form
    inner join periods on recognitions.reporting_period_id = periods.reporting_period_id
    left join same_units on recognitions.unit_id = same_units.predecessor_unit_id
    qualify row_number() over (
        partition by
            recognitions.unit_id, recognitions.title_code, recognitions.stage_code, recognitions.act_code,
            recognitions.decision_date
        order by periods.data_to desc
    ) = 1
),

grants as (
    select
        granted.unit_id,
        granted.title_code,
        granted.stage_code,
        granted.decision_date,
        min(withdrawn.decision_date) as withdrawn_on
    from events as granted
    left join events as withdrawn
        on
            granted.unit_id = withdrawn.unit_id
            and granted.title_code = withdrawn.title_code
            and withdrawn.act_code = 'withdrawal'
            and withdrawn.decision_date >= granted.decision_date
    where
        granted.act_code <> 'withdrawal'
        and granted.decision_date <= $day::date
    group by all
),

-- one row per unit and title held on D; the latest decision tells the stage
held as (
    select
        unit_id,
        title_code,
        stage_code,
        decision_date
    from grants
    where withdrawn_on is null or withdrawn_on > $day::date
    qualify row_number() over (
        partition by unit_id, title_code order by decision_date desc, stage_code desc
    ) = 1
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

results_by_period as (
    select
        matrix_periods.is_asked,
        matrix_periods.data_to,
        coalesce(same_units.successor_unit_id, figures.unit_id) as unit_id,
        figures.criteria_set_code,
        bool_and(figures.value >= figures.required_value) as is_met,
        count(figures.value) filter (figures.part_code in ('male', 'female')) = 2 as is_by_sex,
        any_value(figures.numerator) filter (figures.part_code = 'total') as insured_count,
        any_value(figures.denominator) filter (figures.part_code = 'total') as people_count
    from figures
    inner join matrix_periods on figures.reporting_period_id = matrix_periods.reporting_period_id
    left join same_units on figures.unit_id = same_units.predecessor_unit_id
    where
        (figures.criteria_set_code, figures.indicator_no) in (('NTM_XA_2021', '15.1'), ('NTM_XA_NC_2021', '14.1'))
        and figures.value is not null
    group by all
    having count(figures.value) filter (figures.part_code = 'total') = 1
),

-- a line for every commune and period, with data or without
histories as (
    select
        communes.unit_id,
        matrix_periods.is_asked,
        matrix_periods.data_to,
        results_by_period.is_met,
        results_by_period.is_by_sex,
        results_by_period.insured_count,
        results_by_period.people_count,
        min(matrix_periods.data_to) filter (results_by_period.is_met) over (
            partition by communes.unit_id
        ) as first_met_on
    from communes
    cross join matrix_periods
    left join results_by_period
        on
            communes.unit_id = results_by_period.unit_id
            and matrix_periods.data_to = results_by_period.data_to
            and results_by_period.criteria_set_code = 'NTM_XA_2021'
),

states as (
    select
        unit_id,
        bool_or(is_met) filter (is_asked) as is_met,
        bool_or(is_by_sex) filter (is_asked) as is_by_sex,
        max(insured_count) filter (is_asked) as insured_count,
        max(people_count) filter (is_asked) as people_count,
        case
            when bool_or(is_met) filter (is_asked) is null
                then if(any_value(first_met_on) is null, 'no_data', 'unverified')
            when not bool_or(is_met) filter (is_asked)
                then if(any_value(first_met_on) is null, 'never_met', 'lost')
            when bool_or(not is_met) filter (data_to >= first_met_on) then 'regained'
            when count(is_met) filter (data_to >= first_met_on) < count(*) filter (data_to >= first_met_on)
                then 'unverified'
            else 'kept'
        end as state
    from histories
    group by unit_id
),

counted as (
    select
        case when grouping(communes.reported_by_unit_id) = 1 then 'province' else 'unit' end as area_level,
        communes.reported_by_unit_id as area_unit_id,
        if(grouping(communes.reported_by_unit_id) = 1, 'Toàn tỉnh', communes.reported_by_name) as area_name,
        count(*) as commune_count,
        count(states.is_met) as reported_count,
        count(*) filter (states.is_met) as met_count,
        count(*) filter (states.state = 'kept') as kept_count,
        count(*) filter (states.state = 'regained') as regained_count,
        count(*) filter (states.state = 'unverified') as unverified_count,
        count(*) filter (states.state = 'lost') as lost_count,
        count(*) filter (states.state = 'never_met') as never_met_count,
        count(*) filter (states.state = 'no_data') as no_data_count,
        count(*) filter (not states.is_by_sex) as without_sex_count,
        string_agg(communes.name_vi, ', ' order by communes.unit_id) filter (states.state = 'lost') as lost_communes,
        sum(states.insured_count) filter (states.people_count is not null) as insured_count,
        sum(states.people_count) filter (states.insured_count is not null) as people_count,
        count(held.unit_id) as advanced_count,
        count(*) filter (advanced.is_met) as advanced_met_count
    from communes
    inner join states on communes.unit_id = states.unit_id
    left join held on communes.unit_id = held.unit_id and held.title_code = 'NTM_NC'
    left join results_by_period as advanced
        on
            held.unit_id = advanced.unit_id
            and advanced.is_asked
            and advanced.criteria_set_code = 'NTM_XA_NC_2021'
    group by grouping sets ((communes.reported_by_unit_id, communes.reported_by_name), ())
    having count(*) > 0
),

final as (
    select
        matrix_periods.reporting_period_id,
        counted.*,
        round(100.0 * counted.met_count / counted.commune_count, 2) as met_pct,
        round(100.0 * counted.kept_count / counted.commune_count, 2) as kept_pct,
        round(100.0 * counted.insured_count / nullif(counted.people_count, 0), 2) as insured_pct
    from counted
    inner join matrix_periods on matrix_periods.is_asked
    order by counted.area_level, counted.area_unit_id
)

select * from final
