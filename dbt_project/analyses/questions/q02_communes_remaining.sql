-- Câu hỏi 2. Những xã còn lại đang ở đâu: đã hoàn thành chờ công nhận, đang xây dựng, chờ đánh giá lại? Bình quân bao
-- nhiêu tiêu chí/xã?
-- Question 2. Where are the others: completed and waiting, in progress, to be reassessed? How many criteria per commune
-- on average, and how many communes in each band?
-- Items: 1.11, 2.2, 2.4, 2.12
-- Parameters: $day (DATE) = D; $known_at (TIMESTAMPTZ) = K, null = all that is known today.
-- Whole / Trọn vẹn.
-- Grain: area (reporting unit, province), marks at P(D), the latest period closed by D, titles on D.
-- The classes are exclusive and add up to commune_count: recognised; withdrawn and not regained; to be reassessed (born
-- of a merger or split with a recognised predecessor); no report; completed, not recognised (every criterion of the
-- base set declared met at P); in progress.
-- Criteria met are the declared marks; a criterion that does not apply counts as met. completed_computed_count: of the
-- communes neither recognised nor without report, those whose figures prove every criterion; computable_count: those
-- whose figures can tell (the indicator matrix is owed only at 6 months and for the year).
-- Averages are over communes with a report. The periods before and of last year are on the map of D; where their set
-- differs the counts are not comparable (criteria_set_code against previous_set_code, last_year_set_code).
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

criteria_sets as (
    select * from marts.dim_criteria_set
),

bands as (
    select * from marts.dim_status_band
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

statuses as (
    select * from marts.fct_criterion_status__history
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

-- P(D): the latest period whose data were closed by D
asked_period as (
    select *
    from periods
    where
        period_type <> 'stage'
        and data_to <= $day::date
    order by data_to desc
    limit 1
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

merged_from_recognised as (
    select distinct successions.successor_unit_id as unit_id
    from successions
    inner join grants on successions.predecessor_unit_id = grants.unit_id
    where
        successions.kind in ('merge', 'split')
        and successions.effective_date <= $day::date
        and grants.title_code = 'NTM'
        and grants.decision_date < successions.effective_date
        and (grants.withdrawn_on is null or grants.withdrawn_on >= successions.effective_date)
),

compared_periods as (
    select
        'asked' as compared_as,
        reporting_period_id,
        year
    from asked_period
    union all
    (
        select
            'previous' as compared_as,
            periods.reporting_period_id,
            periods.year
        from periods
        inner join asked_period on periods.data_to < asked_period.data_to
        where periods.period_type <> 'stage'
        order by periods.data_to desc
        limit 1
    )
    union all
    select
        'last_year' as compared_as,
        periods.reporting_period_id,
        periods.year
    from periods
    inner join asked_period on periods.reporting_period_id = asked_period.same_period_last_year_id
),

base_sets as (
    select
        compared_periods.*,
        criteria_sets.set_code as criteria_set_code,
        criteria_sets.n_criteria
    from compared_periods
    inner join criteria_sets
        on
            criteria_sets.subject_kind = 'commune'
            and criteria_sets.province_code is null
            and criteria_sets.based_on_set is null
            and compared_periods.year between criteria_sets.assessment_year_from and criteria_sets.assessment_year_to
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
    inner join asked_period as asked on results.reporting_period_id = asked.reporting_period_id
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

deciding_parts as (
    select
        set_code,
        criterion_no,
        count(*) as part_count
    from indicators
    where decides_verdict
    group by all
),

-- a criterion is met when every deciding part is; a missing or incomputable part leaves it open, a failed one does not
computed_marks as (
    select
        figures.reporting_period_id,
        figures.unit_id,
        figures.criteria_set_code,
        figures.criterion_no,
        case
            when bool_or(figures.computed_verdict = 'CD') then 'CD'
            when count(*) filter (figures.computed_verdict in ('D', 'KAD')) = any_value(deciding_parts.part_count)
                then 'D'
        end as computed_mark
    from figures
    inner join deciding_parts
        on
            figures.criteria_set_code = deciding_parts.set_code
            and figures.criterion_no = deciding_parts.criterion_no
    where figures.decides_verdict
    group by all
),

marks as (
    select
        statuses.reporting_period_id,
        statuses.unit_id,
        statuses.subject_level,
        statuses.criteria_set_code,
        statuses.criterion_no,
        statuses.declared_mark,
        computed_marks.computed_mark
    from statuses
    inner join parts_known
        on
            statuses.judgement_id = parts_known.judgement_id
            and statuses.form = parts_known.form
    inner join compared_periods as asked on statuses.reporting_period_id = asked.reporting_period_id
    left join computed_marks
        on
            statuses.reporting_period_id = computed_marks.reporting_period_id
            and statuses.unit_id = computed_marks.unit_id
            and statuses.criteria_set_code = computed_marks.criteria_set_code
            and statuses.criterion_no = computed_marks.criterion_no
    where statuses.declared_mark is not null
),

reports as (
    select
        base_sets.compared_as,
        coalesce(same_units.successor_unit_id, marks.unit_id) as unit_id,
        count(*) filter (marks.declared_mark in ('D', 'KAD')) as criteria_met,
        count(marks.computed_mark) = any_value(base_sets.n_criteria) as is_computable,
        count(*) filter (marks.computed_mark = 'D') = any_value(base_sets.n_criteria) as is_complete_computed
    from marks
    inner join base_sets
        on
            marks.reporting_period_id = base_sets.reporting_period_id
            and marks.criteria_set_code = base_sets.criteria_set_code
    left join same_units on marks.unit_id = same_units.predecessor_unit_id
    group by all
),

by_commune as (
    select
        communes.reported_by_unit_id,
        communes.reported_by_name,
        communes.unit_id,
        asked.criteria_met,
        coalesce(asked.is_computable, false) as is_computable,
        coalesce(asked.is_complete_computed, false) as is_complete_computed,
        previous.criteria_met as previous_criteria_met,
        last_year.criteria_met as last_year_criteria_met,
        bands.band_code,
        case
            when held.unit_id is not null then 'recognised'
            when communes.unit_id in (select grants.unit_id from grants where grants.title_code = 'NTM')
                then 'withdrawn'
            when merged_from_recognised.unit_id is not null then 'to_be_reassessed'
            when asked.unit_id is null then 'no_report'
            when asked.criteria_met >= base_sets.n_criteria then 'completed_not_recognised'
            else 'in_progress'
        end as standing
    from communes
    inner join base_sets on base_sets.compared_as = 'asked'
    left join held on communes.unit_id = held.unit_id and held.title_code = 'NTM'
    left join merged_from_recognised on communes.unit_id = merged_from_recognised.unit_id
    left join reports as asked on communes.unit_id = asked.unit_id and asked.compared_as = 'asked'
    left join reports as previous on communes.unit_id = previous.unit_id and previous.compared_as = 'previous'
    left join reports as last_year on communes.unit_id = last_year.unit_id and last_year.compared_as = 'last_year'
    left join bands
        on
            base_sets.criteria_set_code = bands.set_code
            and asked.criteria_met between bands.criteria_from and bands.criteria_to
),

counted as (
    select
        case when grouping(reported_by_unit_id) = 1 then 'province' else 'unit' end as area_level,
        reported_by_unit_id as area_unit_id,
        case when grouping(reported_by_unit_id) = 1 then 'Toàn tỉnh' else reported_by_name end as area_name,
        count(*) as commune_count,
        count(*) filter (standing = 'recognised') as recognised_count,
        count(*) filter (standing = 'completed_not_recognised') as completed_not_recognised_count,
        count(*) filter (standing = 'in_progress') as in_progress_count,
        count(*) filter (standing = 'withdrawn') as withdrawn_count,
        count(*) filter (standing = 'to_be_reassessed') as to_be_reassessed_count,
        count(*) filter (standing = 'no_report') as no_report_count,
        count(*) filter (
            is_complete_computed and standing not in ('recognised', 'no_report')
        ) as completed_computed_count,
        count(*) filter (is_computable and standing not in ('recognised', 'no_report')) as computable_count,
        count(criteria_met) as reported_count,
        sum(criteria_met) as criteria_met_sum,
        round(avg(criteria_met), 2) as criteria_average,
        round(avg(criteria_met) filter (standing <> 'recognised'), 2) as criteria_average_not_recognised,
        round(avg(previous_criteria_met), 2) as previous_criteria_average,
        round(avg(last_year_criteria_met), 2) as last_year_criteria_average,
        histogram(band_code) filter (band_code is not null) as communes_by_band
    from by_commune
    group by grouping sets ((reported_by_unit_id, reported_by_name), ())
    having count(*) > 0
),

final as (
    select
        asked.reporting_period_id,
        asked.criteria_set_code,
        counted.*,
        previous.reporting_period_id as previous_period_id,
        previous.criteria_set_code as previous_set_code,
        last_year.reporting_period_id as last_year_period_id,
        last_year.criteria_set_code as last_year_set_code
    from counted
    inner join base_sets as asked on asked.compared_as = 'asked'
    left join base_sets as previous on previous.compared_as = 'previous'
    left join base_sets as last_year on last_year.compared_as = 'last_year'
    order by counted.area_level, counted.area_unit_id
)

select * from final
