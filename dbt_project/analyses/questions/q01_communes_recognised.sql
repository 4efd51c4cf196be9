-- Câu hỏi 1. Đến ngày D, mỗi đơn vị báo cáo và toàn tỉnh có bao nhiêu xã đạt chuẩn nông thôn mới, trong đó bao nhiêu xã
-- nâng cao, bao nhiêu xã kiểu mẫu?
-- Question 1. On day D, how many communes per reporting unit and in the province are recognised, of which advanced,
-- of which model?
-- Items: 1.13, 2.1, 2.4, 4.13
-- Parameters: $day (DATE) = D; $known_at (TIMESTAMPTZ) = K, null = all that is known today.
-- Whole / Trọn vẹn.
-- Grain: area (reporting unit, province) x stage of the title; stage_code 'all' counts every title in force (mặc định).
-- Counts nest: model within advanced within recognised; never add them. As of the decision date, not the year
-- recognised. Both denominators stand beside the counts: communes (xã) on D, and communes recognised; a zero
-- denominator gives null. Findings, not counts: higher_without_lower_count (holds a higher title without the lower
-- one), undated_count (reported as recognised, no decision date in any report). to_be_reassessed_count: born of a
-- merger or split with a recognised predecessor, not recognised since ("chờ đánh giá lại").
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

recognitions as (
    select * from marts.fct_recognition__history
),

parts_known as (
    select *
    from marts.fct_submission_part
    where
        known_from <= coalesce($known_at::timestamptz, timestamptz 'infinity')
        and (known_to is null or known_to > coalesce($known_at::timestamptz, timestamptz 'infinity'))
),

-- the office's own communes on D: those of the units that owe it reports
communes as (
    select distinct
        commune.unit_id,
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
        stage_code
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

undated as (
    select unit_id
    from events
    where title_code = 'NTM' and act_code <> 'withdrawal'
    group by unit_id
    having count(decision_date) = 0
),

commune_titles as (
    select
        communes.unit_id,
        communes.reported_by_unit_id,
        communes.reported_by_name,
        ntm.stage_code as ntm_stage,
        advanced.stage_code as advanced_stage,
        model.stage_code as model_stage,
        merged_from_recognised.unit_id is not null as has_recognised_predecessor,
        undated.unit_id is not null as is_undated
    from communes
    left join held as ntm on communes.unit_id = ntm.unit_id and ntm.title_code = 'NTM'
    left join held as advanced on communes.unit_id = advanced.unit_id and advanced.title_code = 'NTM_NC'
    left join held as model on communes.unit_id = model.unit_id and model.title_code = 'NTM_KM'
    left join merged_from_recognised on communes.unit_id = merged_from_recognised.unit_id
    left join undated on communes.unit_id = undated.unit_id
),

-- nested: a higher title counts only on top of the lower ones
nested as (
    select
        unit_id,
        reported_by_unit_id,
        reported_by_name,
        ntm_stage,
        case when ntm_stage is not null then advanced_stage end as advanced_stage,
        case when ntm_stage is not null and advanced_stage is not null then model_stage end as model_stage,
        (advanced_stage is not null and ntm_stage is null)
        or (model_stage is not null and (ntm_stage is null or advanced_stage is null)) as is_higher_without_lower,
        ntm_stage is null and has_recognised_predecessor as is_to_be_reassessed,
        is_undated
    from commune_titles
),

stages as (
    select 'all' as stage_code
    union
    select stage_code from held where title_code in ('NTM', 'NTM_NC', 'NTM_KM')
),

counted as (
    select
        stages.stage_code,
        case when grouping(nested.reported_by_unit_id) = 1 then 'province' else 'unit' end as area_level,
        nested.reported_by_unit_id as area_unit_id,
        if(grouping(nested.reported_by_unit_id) = 1, 'Toàn tỉnh', nested.reported_by_name) as area_name,
        count(*) as commune_count,
        count(nested.ntm_stage) as recognised_count,
        count(*) filter (stages.stage_code in ('all', nested.ntm_stage) and nested.ntm_stage is not null) as ntm_count,
        count(*) filter (
            stages.stage_code in ('all', nested.advanced_stage) and nested.advanced_stage is not null
        ) as advanced_count,
        count(*) filter (
            stages.stage_code in ('all', nested.model_stage) and nested.model_stage is not null
        ) as model_count,
        count(*) filter (nested.is_to_be_reassessed) as to_be_reassessed_count,
        count(*) filter (nested.is_higher_without_lower) as higher_without_lower_count,
        count(*) filter (nested.is_undated) as undated_count
    from nested
    cross join stages
    group by grouping sets (
        (stages.stage_code, nested.reported_by_unit_id, nested.reported_by_name),
        (stages.stage_code)
    )
),

final as (
    select
        area_level,
        area_unit_id,
        area_name,
        stage_code,
        commune_count,
        ntm_count,
        advanced_count,
        model_count,
        round(100.0 * ntm_count / nullif(commune_count, 0), 2) as ntm_of_communes_pct,
        round(100.0 * advanced_count / nullif(commune_count, 0), 2) as advanced_of_communes_pct,
        round(100.0 * advanced_count / nullif(recognised_count, 0), 2) as advanced_of_recognised_pct,
        round(100.0 * model_count / nullif(commune_count, 0), 2) as model_of_communes_pct,
        round(100.0 * model_count / nullif(recognised_count, 0), 2) as model_of_recognised_pct,
        to_be_reassessed_count,
        higher_without_lower_count,
        undated_count
    from counted
)

select * from final
order by area_level, area_unit_id, stage_code = 'all' desc, stage_code
