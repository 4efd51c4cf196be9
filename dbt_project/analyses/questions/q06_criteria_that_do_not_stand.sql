-- Câu hỏi 6. Bao nhiêu tiêu chí huyện báo "đạt" mà chưa vững: số liệu không đủ ngưỡng, hoặc chưa có hồ sơ?
-- Question 6. How many criteria declared met do not stand: the figures say no, or the dossier is missing?
-- Items: 2.6, 2.7, 2.28, 2.30
-- Parameters: $day (DATE) = D; $known_at (TIMESTAMPTZ) = K, null = all that is known today.
-- Whole / Trọn vẹn. (a) figures against marks, (b) dossiers against marks; the two overlap and are never added.
-- Grain: area (reporting unit, province) x criteria set, at P(D), the latest period closed by D: communes, districts,
-- townships and wards on their sets.
-- (a) contradicted_count = declared met, figures say not met. Denominator computable_count = declared met and figures
-- can tell; not_computable_count (a threshold unknown, a part missing, the matrix not owed in this period) is apart.
-- (b) without_dossier_count = declared met, no dossier complete or later on D. Denominator declared_met_count; beside
-- it those of subjects that have begun dossiers for the set (put_forward_). Days without: D less the first closing day
-- of a period in which it was met. dossier_without_met_count = dossier complete, criterion declared not met.
-- contradicted and dossiers_without_met name subject and criterion.
with

reporting_units as (
    select * from marts.dim_reporting_unit
),

units as (
    select * from marts.dim_administrative_unit
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

statuses as (
    select * from marts.fct_criterion_status__history
),

results as (
    select * from marts.fct_indicator_result__history
),

rounds as (
    select * from marts.fct_dossier_round__history
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
        statuses.reporting_unit_id,
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
    inner join asked_period as asked on statuses.reporting_period_id = asked.reporting_period_id
    left join computed_marks
        on
            statuses.reporting_period_id = computed_marks.reporting_period_id
            and statuses.unit_id = computed_marks.unit_id
            and statuses.criteria_set_code = computed_marks.criteria_set_code
            and statuses.criterion_no = computed_marks.criterion_no
    where statuses.declared_mark is not null
),

-- the register of dossiers as the latest report has each round, and how far the latest one begun had come by D
dossiers as (
    select
        rounds.unit_id,
        rounds.criteria_set_code,
        rounds.criterion_no,
        coalesce(rounds.completed_on <= $day::date and not coalesce(rounds.returned_on <= $day::date, false), false)
            as is_complete
    from rounds
    inner join parts_known
        on
            rounds.judgement_id = parts_known.judgement_id
            and rounds.form = parts_known.form
    inner join periods on rounds.reporting_period_id = periods.reporting_period_id
    qualify
        row_number() over (
            partition by rounds.unit_id, rounds.criteria_set_code, rounds.criterion_no
            order by coalesce(rounds.started_on <= $day::date, false) desc, rounds.round_no desc, periods.data_to desc
        ) = 1
        and rounds.started_on <= $day::date
),

first_met as (
    select
        statuses.unit_id,
        statuses.criteria_set_code,
        statuses.criterion_no,
        min(periods.data_to) as met_by
    from statuses
    inner join parts_known
        on
            statuses.judgement_id = parts_known.judgement_id
            and statuses.form = parts_known.form
    inner join periods on statuses.reporting_period_id = periods.reporting_period_id
    where
        statuses.declared_mark = 'D'
        and periods.data_to <= $day::date
    group by all
),

judged as (
    select
        marks.*,
        marks.declared_mark = 'D' as is_met,
        coalesce(dossiers.is_complete, false) as has_dossier,
        (marks.unit_id, marks.criteria_set_code) in (select (unit_id, criteria_set_code) from dossiers)
            as is_put_forward,
        if(marks.declared_mark = 'D' and not has_dossier, $day::date - first_met.met_by, null) as days_without,
        units.name_vi || ': ' || marks.criterion_no as subject_and_criterion
    from marks
    inner join units on marks.unit_id = units.unit_id
    left join dossiers
        on
            marks.unit_id = dossiers.unit_id
            and marks.criteria_set_code = dossiers.criteria_set_code
            and marks.criterion_no = dossiers.criterion_no
    left join first_met
        on
            marks.unit_id = first_met.unit_id
            and marks.criteria_set_code = first_met.criteria_set_code
            and marks.criterion_no = first_met.criterion_no
),

counted as (
    select
        if(grouping(reporting_unit_id) = 1, 'province', 'unit') as area_level,
        reporting_unit_id,
        criteria_set_code,
        count(*) filter (is_met) as declared_met_count,
        count(computed_mark) filter (is_met) as computable_count,
        count(*) filter (is_met and computed_mark is null) as not_computable_count,
        count(*) filter (is_met and computed_mark = 'CD') as contradicted_count,
        string_agg(subject_and_criterion, '; ' order by unit_id, criterion_no) filter (
            is_met and computed_mark = 'CD'
        ) as contradicted,
        count(*) filter (is_met and not has_dossier) as without_dossier_count,
        count(*) filter (is_met and is_put_forward) as put_forward_met_count,
        count(*) filter (is_met and is_put_forward and not has_dossier) as put_forward_without_dossier_count,
        max(days_without) as longest_days_without,
        count(*) filter (not is_met and has_dossier) as dossier_without_met_count,
        string_agg(subject_and_criterion, '; ' order by unit_id, criterion_no) filter (
            not is_met and has_dossier
        ) as dossiers_without_met
    from judged
    group by grouping sets ((reporting_unit_id, criteria_set_code), (criteria_set_code))
),

final as (
    select
        asked_period.reporting_period_id,
        counted.area_level,
        counted.reporting_unit_id,
        coalesce(reporting_units.name_vi, 'Toàn tỉnh') as area_name,
        counted.criteria_set_code,
        counted.declared_met_count,
        counted.computable_count,
        counted.not_computable_count,
        counted.contradicted_count,
        round(100.0 * counted.contradicted_count / nullif(counted.computable_count, 0), 2) as contradicted_pct,
        counted.contradicted,
        counted.without_dossier_count,
        round(100.0 * counted.without_dossier_count / nullif(counted.declared_met_count, 0), 2) as without_dossier_pct,
        counted.put_forward_met_count,
        counted.put_forward_without_dossier_count,
        counted.longest_days_without,
        counted.dossier_without_met_count,
        counted.dossiers_without_met
    from counted
    cross join asked_period
    left join reporting_units on counted.reporting_unit_id = reporting_units.reporting_unit_id
    order by counted.area_level, counted.reporting_unit_id, counted.criteria_set_code
)

select * from final
