-- Câu hỏi 3. Huyện đạt mấy trên chín tiêu chí, còn thiếu gì để được công nhận trong năm?
-- Question 3. How many of the nine district criteria are met, and what is missing for recognition this year?
-- Items: 2.3, 2.5, 2.8, 2.9, 2.11, 2.13, 2.15
-- Parameters: $day (DATE) = D; $known_at (TIMESTAMPTZ) = K, null = all that is known today.
-- Whole / Trọn vẹn. The eight conditions of the province are question 21; milestones of the roadmap have questions of
-- their own (planned_date here is what the district writes beside the indicator).
-- Grain: district unit x item.
-- Items: criterion (the criteria of the set that judges the unit at P(D), the latest period closed by D; towns and
-- provincial cities answer on DT1 to DT5, one criterion each) and condition (DR1 to DR5, rural districts only, on D).
-- verdict of a criterion: declared mark, computed_mark beside it (every indicator met or not applicable by its figure).
-- Conditions are computed from titles held on D and from the marks; each is judged alone, they do not nest. verdict: D
-- met, CD not met, null unknown.
-- criteria_met_declared / criteria_met_computed / criteria_total stand on every row of the unit. is_recognised_on_day
-- goes by the decision date; decided_for_year_on is the decision that recognises the unit for the year of D, whenever
-- it was taken, as far as K knows.
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

conditions as (
    select * from marts.dim_condition
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
        district.unit_id as district_id,
        district.name_vi as district_name
    from units as commune
    inner join reporting_units
        on
            reporting_units.unit_id in (commune.unit_id, commune.parent_unit_id)
            and reporting_units.valid_from <= $day::date
            and (reporting_units.valid_to is null or reporting_units.valid_to > $day::date)
    inner join expected on reporting_units.reporting_unit_id = expected.reporting_unit_id
    left join units as district on commune.parent_unit_id = district.unit_id and district.level = 'district'
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
        recognitions.decision_date,
        recognitions.year_recognised
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
    inner join asked_period as asked on statuses.reporting_period_id = asked.reporting_period_id
    left join computed_marks
        on
            statuses.reporting_period_id = computed_marks.reporting_period_id
            and statuses.unit_id = computed_marks.unit_id
            and statuses.criteria_set_code = computed_marks.criteria_set_code
            and statuses.criterion_no = computed_marks.criterion_no
    where statuses.declared_mark is not null
),

districts as (
    select distinct
        reporting_units.reporting_unit_id,
        reporting_units.unit_id,
        reporting_units.name_vi,
        reporting_units.unit_type,
        if(reporting_units.unit_type = 'huyen', 'HUYEN_NTM', 'TXTP_HTNV') as title_code
    from expected
    inner join asked_period on expected.reporting_period_id = asked_period.reporting_period_id
    inner join reporting_units on expected.reporting_unit_id = reporting_units.reporting_unit_id
    where reporting_units.unit_kind = 'district'
),

-- units of a kind are judged on one set: one that sent nothing is shown against the set of the others
sets_of_kind as (
    select distinct
        districts.unit_type,
        marks.criteria_set_code
    from marks
    inner join districts on marks.unit_id = districts.unit_id
    where marks.subject_level = 'district'
),

unmet_indicators as (
    select
        unit_id,
        criteria_set_code,
        criterion_no,
        string_agg(distinct indicator_no, ', ' order by indicator_no) as unmet_indicators,
        string_agg(distinct owner_name, ', ' order by owner_name) as owners,
        max(planned_date) as planned_date
    from figures
    where decides_verdict and (declared_verdict = 'CD' or computed_verdict = 'CD')
    group by all
),

criterion_items as (
    select
        districts.unit_id,
        'criterion' as item_kind,
        criteria.criterion_no::varchar as item_code,
        criteria.criterion_no as item_order,
        criteria.criterion_name_vi as item_name,
        marks.declared_mark as verdict,
        marks.computed_mark,
        null::decimal(18, 2) as value,
        null::decimal(18, 2) as required_value,
        unmet_indicators.unmet_indicators,
        unmet_indicators.owners,
        unmet_indicators.planned_date
    from districts
    inner join sets_of_kind on districts.unit_type = sets_of_kind.unit_type
    inner join criteria on sets_of_kind.criteria_set_code = criteria.set_code
    left join marks
        on
            districts.unit_id = marks.unit_id
            and criteria.set_code = marks.criteria_set_code
            and criteria.criterion_no = marks.criterion_no
    left join unmet_indicators
        on
            districts.unit_id = unmet_indicators.unit_id
            and criteria.set_code = unmet_indicators.criteria_set_code
            and criteria.criterion_no = unmet_indicators.criterion_no
),

totals as (
    select
        unit_id,
        count(*) as criteria_total,
        if(count(verdict) = 0, null, count(*) filter (verdict in ('D', 'KAD'))) as criteria_met_declared,
        if(count(computed_mark) = 0, null, count(*) filter (computed_mark = 'D')) as criteria_met_computed
    from criterion_items
    group by unit_id
),

-- communes and townships of a district, with the titles that its conditions ask for
places as (
    select
        district_id as unit_id,
        'xa' as unit_type,
        unit_id as place_id
    from communes
    union all
    select
        parent_unit_id as unit_id,
        unit_type,
        unit_id as place_id
    from units
    where
        unit_type = 'thi_tran'
        and valid_from <= $day::date
        and (valid_to is null or valid_to > $day::date)
),

-- a unit whose register of recognitions nobody has seen is unknown, not failed
registers as (
    select distinct reporting_unit_id
    from parts_known
    where form = 'recognitions'
),

shares as (
    select
        districts.unit_id,
        count(*) filter (places.unit_type = 'xa') as commune_count,
        count(*) filter (places.unit_type = 'xa' and ntm.unit_id is not null) as ntm_count,
        count(*) filter (
            places.unit_type = 'xa' and ntm.unit_id is not null and advanced.unit_id is not null
        ) as advanced_count,
        count(*) filter (places.unit_type = 'thi_tran') as township_count,
        count(*) filter (places.unit_type = 'thi_tran' and urban.unit_id is not null) as urban_count
    from districts
    inner join registers on districts.reporting_unit_id = registers.reporting_unit_id
    inner join places on districts.unit_id = places.unit_id
    left join held as ntm on places.place_id = ntm.unit_id and ntm.title_code = 'NTM'
    left join held as advanced on places.place_id = advanced.unit_id and advanced.title_code = 'NTM_NC'
    left join held as urban on places.place_id = urban.unit_id and urban.title_code = 'DTVM'
    group by all
),

-- the latest survey of residents by D: satisfied in all, and with the content that pleased least
surveys as (
    select
        surveys.unit_id,
        surveys.surveyed_on,
        100.0 * max(surveys.satisfied_count) filter (surveys.content_code = 'overall')
        / max(surveys.asked_count) filter (surveys.content_code = 'overall') as satisfied_pct,
        min(100.0 * surveys.satisfied_count / surveys.asked_count) as lowest_content_pct
    from marts.fct_satisfaction__history as surveys
    inner join parts_known
        on
            surveys.judgement_id = parts_known.judgement_id
            and surveys.form = parts_known.form
    where
        surveys.title_code = 'HUYEN_NTM'
        and surveys.surveyed_on <= $day::date
    group by surveys.unit_id, surveys.surveyed_on
    qualify row_number() over (partition by surveys.unit_id order by surveys.surveyed_on desc) = 1
),

condition_items as (
    select
        districts.unit_id,
        'condition' as item_kind,
        conditions.condition_code as item_code,
        100 + conditions.condition_code[3:]::int as item_order,
        conditions.condition_text as item_name,
        round(
            case conditions.condition_code
                when 'DR1' then 100.0 * shares.ntm_count / nullif(shares.commune_count, 0)
                when 'DR2' then 100.0 * shares.advanced_count / nullif(shares.commune_count, 0)
                when 'DR3' then 100.0 * shares.urban_count / nullif(shares.township_count, 0)
                when 'DR4' then surveys.satisfied_pct
                when 'DR5' then totals.criteria_met_declared
            end, 2
        )::decimal(18, 2) as value,
        conditions.value_from::decimal(18, 2) as required_value,
        coalesce(surveys.lowest_content_pct < asked.required_each, false) as is_below_in_a_content
    from districts
    cross join conditions
    inner join marts.dim_title_condition as asked
        on
            asked.title_code = 'HUYEN_NTM'
            and conditions.condition_code = asked.condition_code
    left join surveys on districts.unit_id = surveys.unit_id and conditions.condition_code = 'DR4'
    left join totals on districts.unit_id = totals.unit_id
    left join shares on districts.unit_id = shares.unit_id
    where
        districts.unit_type = 'huyen'
        and conditions.scope = 'district'
        and conditions.kind = 'recognise'
),

items as (
    select * from criterion_items
    union all by name
    select
        * exclude (is_below_in_a_content),
        case
            when value < required_value or is_below_in_a_content then 'CD'
            when value >= required_value then 'D'
        end as verdict
    from condition_items
),

decisions as (
    select
        districts.unit_id,
        max(held.decision_date) as recognised_on,
        max(events.decision_date) as decided_for_year_on
    from districts
    left join held on districts.unit_id = held.unit_id and districts.title_code = held.title_code
    left join events
        on
            districts.unit_id = events.unit_id
            and districts.title_code = events.title_code
            and events.act_code <> 'withdrawal'
            and events.year_recognised = year($day::date)
    group by all
),

final as (
    select
        asked_period.reporting_period_id,
        districts.unit_id,
        districts.name_vi as unit_name,
        districts.unit_type,
        totals.criteria_met_declared,
        totals.criteria_met_computed,
        totals.criteria_total,
        decisions.recognised_on is not null as is_recognised_on_day,
        decisions.recognised_on,
        decisions.decided_for_year_on,
        items.item_kind,
        items.item_code,
        items.item_name,
        items.verdict,
        items.computed_mark,
        items.value,
        items.required_value,
        items.value - items.required_value as distance,
        items.unmet_indicators,
        items.owners,
        items.planned_date
    from items
    cross join asked_period
    inner join districts on items.unit_id = districts.unit_id
    left join totals on items.unit_id = totals.unit_id
    left join decisions on items.unit_id = decisions.unit_id
    order by districts.unit_id, items.item_kind desc, items.item_order
)

select * from final
