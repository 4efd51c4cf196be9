-- Câu hỏi 4. Xã nào đã đạt tiêu chí nay không còn đạt?
-- Question 4. Which communes lost a criterion they had?
-- Items: 1.12, 2.12
-- Parameters: $day (DATE) = D; $known_at (TIMESTAMPTZ) = K, null = all that is known today.
-- Whole / Trọn vẹn.
-- Grain: comparison x commune x criterion of the base set, met in the period compared and not met at P(D), the latest
-- period closed by D. Two comparisons, never added: previous (the period before P) and best_since_recognition
-- (recognised communes: of the earlier periods closed since the decision, the one with most criteria met, the latest of
-- equals). A missing report is never a loss. The denominator compared_count stands on every row: commune x criterion
-- met in the period compared and reported in both, in the whole comparison; lost_count and lost_pct go with it.
-- basis: computed where figures tell in both periods, else declared in both. cause: same_rules (a real regression),
-- new_threshold (a threshold of the criterion differs between the two years), new_set.
-- withdrawal_rule goes by all criteria failed at P: CW2 from 50%, CW1 from 30% with one of the named criteria (income,
-- environment, quality of the living environment, defence and security) among them.
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

criteria as (
    select * from marts.dim_criterion
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

periods_by_then as (
    select periods.*
    from periods
    inner join asked_period on periods.data_to <= asked_period.data_to
    where periods.period_type <> 'stage'
),

base_sets as (
    select
        periods_by_then.*,
        criteria_sets.set_code as criteria_set_code,
        criteria_sets.n_criteria
    from periods_by_then
    inner join criteria_sets
        on
            criteria_sets.subject_kind = 'commune'
            and criteria_sets.province_code is null
            and criteria_sets.based_on_set is null
            and periods_by_then.year between criteria_sets.assessment_year_from and criteria_sets.assessment_year_to
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
    inner join periods_by_then as asked on results.reporting_period_id = asked.reporting_period_id
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
    inner join periods_by_then as asked on statuses.reporting_period_id = asked.reporting_period_id
    left join computed_marks
        on
            statuses.reporting_period_id = computed_marks.reporting_period_id
            and statuses.unit_id = computed_marks.unit_id
            and statuses.criteria_set_code = computed_marks.criteria_set_code
            and statuses.criterion_no = computed_marks.criterion_no
    where statuses.declared_mark is not null
),

base_marks as (
    select
        marks.* replace (coalesce(same_units.successor_unit_id, marks.unit_id) as unit_id),
        base_sets.data_to,
        base_sets.year,
        base_sets.n_criteria,
        marks.reporting_period_id = asked_period.reporting_period_id as is_asked
    from marks
    cross join asked_period
    inner join base_sets
        on
            marks.reporting_period_id = base_sets.reporting_period_id
            and marks.criteria_set_code = base_sets.criteria_set_code
    left join same_units on marks.unit_id = same_units.predecessor_unit_id
),

-- per commune, the periods that P is compared with
comparisons as (
    select distinct
        'previous' as comparison,
        base_marks.unit_id,
        base_marks.reporting_period_id
    from base_marks
    where
        base_marks.reporting_period_id = (
            select periods_by_then.reporting_period_id
            from periods_by_then
            inner join asked_period on periods_by_then.data_to < asked_period.data_to
            order by periods_by_then.data_to desc
            limit 1
        )
    union all
    (
        select
            'best_since_recognition' as comparison,
            base_marks.unit_id,
            base_marks.reporting_period_id
        from base_marks
        inner join held on base_marks.unit_id = held.unit_id and held.title_code = 'NTM'
        where
            not base_marks.is_asked
            and base_marks.data_to >= held.decision_date
        group by base_marks.unit_id, base_marks.reporting_period_id, base_marks.data_to
        qualify row_number() over (
            partition by base_marks.unit_id
            order by
                count(*) filter (base_marks.declared_mark in ('D', 'KAD')) desc,
                base_marks.data_to desc
        ) = 1
    )
),

pairs as (
    select
        comparisons.comparison,
        now.unit_id,
        now.criterion_no,
        now.criteria_set_code,
        now.reporting_period_id,
        before.reporting_period_id as compared_period_id,
        before.criteria_set_code as compared_set_code,
        now.computed_mark is not null and before.computed_mark is not null as is_computed,
        if(is_computed, before.computed_mark, before.declared_mark) in ('D', 'KAD') as was_met,
        if(is_computed, now.computed_mark, now.declared_mark) in ('D', 'KAD') as is_met
    from comparisons
    inner join base_marks as before
        on
            comparisons.unit_id = before.unit_id
            and comparisons.reporting_period_id = before.reporting_period_id
    inner join base_marks as now
        on
            before.unit_id = now.unit_id
            and before.criterion_no = now.criterion_no
            and now.is_asked
    where comparisons.unit_id in (select communes.unit_id from communes)
),

failing as (
    select
        base_marks.unit_id,
        count(*) as criteria_failed,
        round(100.0 * count(*) / any_value(base_marks.n_criteria), 2) as failed_pct,
        bool_or(
            regexp_matches(
                lower(criteria.criterion_name_vi), '^(thu nhập|môi trường|chất lượng môi trường sống|quốc phòng)'
            )
        ) as has_named_criterion
    from base_marks
    inner join criteria
        on
            base_marks.criteria_set_code = criteria.set_code
            and base_marks.criterion_no = criteria.criterion_no
    where
        base_marks.is_asked
        and coalesce(base_marks.computed_mark, base_marks.declared_mark) = 'CD'
    group by base_marks.unit_id
),

-- what is asked of a commune in a period, by the region that judges it then
asked as (
    select
        judging_scopes.reporting_period_id,
        coalesce(same_units.successor_unit_id, judging_scopes.unit_id) as unit_id,
        judging_scopes.criteria_set_code,
        indicators.criterion_no,
        string_agg(
            concat_ws('/', thresholds.indicator_no, thresholds.part_code, thresholds.threshold_value), ', '
            order by thresholds.indicator_no, thresholds.part_code
        ) filter (thresholds.threshold_value is not null) as thresholds_asked
    from judging_scopes
    inner join base_sets
        on
            judging_scopes.reporting_period_id = base_sets.reporting_period_id
            and judging_scopes.criteria_set_code = base_sets.criteria_set_code
    inner join thresholds
        on
            judging_scopes.reporting_period_id = thresholds.reporting_period_id
            and judging_scopes.province_code = thresholds.province_code
            and judging_scopes.judging_code = thresholds.judging_code
            and judging_scopes.criteria_set_code = thresholds.criteria_set_code
    inner join indicators
        on
            thresholds.criteria_set_code = indicators.set_code
            and thresholds.indicator_no = indicators.indicator_no
            and thresholds.part_code = indicators.part_code
    left join same_units on judging_scopes.unit_id = same_units.predecessor_unit_id
    where indicators.decides_verdict
    group by all
),

counted as (
    select
        *,
        count(*) filter (was_met) over (partition by comparison) as compared_count,
        count(*) filter (was_met and not is_met) over (partition by comparison) as lost_count
    from pairs
),

final as (
    select
        counted.comparison,
        counted.reporting_period_id,
        counted.compared_period_id,
        communes.reported_by_unit_id,
        communes.reported_by_name,
        counted.unit_id,
        communes.name_vi as commune_name,
        counted.criteria_set_code,
        counted.criterion_no,
        criteria.criterion_name_vi as criterion_name,
        if(counted.is_computed, 'computed', 'declared') as basis,
        case
            when counted.criteria_set_code <> counted.compared_set_code then 'new_set'
            when asked_now.thresholds_asked is distinct from asked_then.thresholds_asked then 'new_threshold'
            else 'same_rules'
        end as cause,
        coalesce(failing.criteria_failed, 0) as criteria_failed,
        coalesce(failing.failed_pct, 0) as failed_pct,
        case
            when failing.failed_pct >= 50 then 'CW2'
            when failing.failed_pct >= 30 and failing.has_named_criterion then 'CW1'
        end as withdrawal_rule,
        counted.lost_count,
        counted.compared_count,
        round(100.0 * counted.lost_count / counted.compared_count, 2) as lost_pct
    from counted
    inner join communes on counted.unit_id = communes.unit_id
    left join criteria
        on
            counted.criteria_set_code = criteria.set_code
            and counted.criterion_no = criteria.criterion_no
    left join failing on counted.unit_id = failing.unit_id
    left join asked as asked_now
        on
            counted.reporting_period_id = asked_now.reporting_period_id
            and counted.unit_id = asked_now.unit_id
            and counted.criteria_set_code = asked_now.criteria_set_code
            and counted.criterion_no = asked_now.criterion_no
    left join asked as asked_then
        on
            counted.compared_period_id = asked_then.reporting_period_id
            and counted.unit_id = asked_then.unit_id
            and counted.criteria_set_code = asked_then.criteria_set_code
            and counted.criterion_no = asked_then.criterion_no
    where counted.was_met and not counted.is_met
    order by counted.comparison desc, communes.reported_by_unit_id, counted.unit_id, counted.criterion_no
)

select * from final
