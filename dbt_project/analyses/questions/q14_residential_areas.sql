-- Câu hỏi 14. Trong năm, mỗi xã chưa có khả năng hoàn thành NTM có thêm mấy khu dân cư được công nhận; toàn tỉnh có bao
-- nhiêu thôn, khu dân cư kiểu mẫu, vườn mẫu?
-- Question 14. This year, how many residential areas were newly recognised in each commune not yet able to complete;
-- how many villages, model areas and model gardens in all?
-- Items: 3.4, 3.5, 3.6, 3.19, 4.13
-- Parameters: $day (DATE) = D; $known_at (TIMESTAMPTZ) = K, null = all that is known today.
-- Whole / Trọn vẹn.
-- Grain: part stock = place × kind of title: every kind for the province, and each reporting unit and commune that
-- lists areas working for it. Kinds are exclusive, never added to one another. held_count = titles held on D (decided
-- by then, not withdrawn, the area not merged); new_count = of these, year recognised = year of D; null = no report
-- names the kind.
-- part unable = commune flagged for the year of D as not able to complete, by the first accepted report of an earlier
-- year, which no later version changes; new_count = its new areas of title KDC_NTM, null = no report lists its areas.
-- part target = the province: held_count flagged communes, new_count of them with two new areas or more.
with

periods as (
    select * from marts.dim_reporting_period
),

titles as (
    select * from marts.dim_title
    where subject_kind in ('residential_area', 'garden')
),

units as (
    select * from marts.dim_administrative_unit
),

parts as (
    select
        *,
        row_number() over (partition by reporting_unit_id, reporting_period_id, form order by version) as version_order,
        known_to is null or known_to > coalesce($known_at::timestamptz, timestamptz 'infinity') as is_current_at_k
    from marts.fct_submission_part
    where known_from <= coalesce($known_at::timestamptz, timestamptz 'infinity')
),

-- a register: the latest report that lists an area with a title speaks for both
areas as (
    select history.*
    from marts.fct_residential_area_status__history as history
    inner join parts on history.judgement_id = parts.judgement_id and history.form = parts.form
    inner join periods on history.reporting_period_id = periods.reporting_period_id
    where parts.is_current_at_k
    qualify row_number() over (partition by history.area_code, history.title_code order by periods.data_to desc) = 1
),

standing as (
    select
        areas.*,
        units.reported_by_unit_id,
        coalesce(
            areas.decision_date <= $day::date
            and (areas.withdrawn_on is null or areas.withdrawn_on > $day::date)
            and (areas.ended_on is null or areas.ended_on > $day::date), false
        ) as is_held
    from areas
    inner join units on areas.unit_id = units.unit_id
),

placed as (
    select 'province' as area_level, null as area_unit_id, * from standing
    union all
    select 'unit' as area_level, reported_by_unit_id as area_unit_id, * from standing
    union all
    select 'commune' as area_level, unit_id as area_unit_id, * from standing
),

counted as (
    select
        placed.area_level,
        placed.area_unit_id,
        placed.title_code,
        count(*) filter (placed.is_held) as held_count,
        count(*) filter (placed.is_held and placed.year_recognised = year($day::date)) as new_count
    from placed
    group by all
),

flagged as (
    select
        targets.unit_id,
        listed.unit_id is not null as is_listed
    from marts.fct_target__history as targets
    inner join parts on targets.judgement_id = parts.judgement_id and targets.form = parts.form
    inner join periods on targets.reporting_period_id = periods.reporting_period_id
    left join (select distinct unit_id from standing) as listed on targets.unit_id = listed.unit_id
    where
        targets.measure_code = 'CHUA_KHA_NANG'
        and targets.plan_year = year($day::date)
        and periods.year < targets.plan_year
        and parts.version_order = 1
    group by all
),

unable as (
    select
        flagged.unit_id,
        case when flagged.is_listed then coalesce(counted.new_count, 0) end as new_count
    from flagged
    left join counted
        on
            flagged.unit_id = counted.area_unit_id
            and counted.area_level = 'commune'
            and counted.title_code = 'KDC_NTM'
),

final as (
    select
        'stock' as part,
        coalesce(counted.area_level, 'province') as area_level,
        counted.area_unit_id,
        titles.title_code,
        counted.held_count,
        counted.new_count,
        null as new_class
    from titles
    left join counted on titles.title_code = counted.title_code
    union all
    select
        'unable' as part,
        'commune' as area_level,
        unit_id as area_unit_id,
        'KDC_NTM' as title_code,
        null as held_count,
        new_count,
        case when new_count < 2 then 'below_2' when new_count <= 3 then '2_to_3' when new_count > 3 then 'above_3' end
    from unable
    union all
    select
        'target' as part,
        'province' as area_level,
        null as area_unit_id,
        'KDC_NTM' as title_code,
        count(*) as held_count,
        count(*) filter (new_count >= 2) as new_count,
        null as new_class
    from unable
    order by 1, 2, 3, 4
)

select * from final
