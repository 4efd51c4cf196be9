-- Câu hỏi 75. Ở mọi cấp: bao nhiêu xã đạt chuẩn, nâng cao, kiểu mẫu; bao nhiêu thôn, khu dân cư, khu kiểu
-- mẫu, vườn mẫu?
-- Question 75. At every tier: how many communes recognised, advanced, model; how many villages, areas, model
-- areas, model gardens?
-- Items: 3.6, 4.13
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: province and each reporting unit: titles held on D (decided by then, not withdrawn, the area not merged).
-- Titles of communes nest (an advanced commune is a recognised one); the four kinds of areas are exclusive and never
-- added up. Null = no report names an area of the kind in that place.
with

places as (
    select distinct units.unit_id as reported_by_unit_id
    from marts.dim_reporting_unit as reporting
    inner join marts.fct_submission as expected on reporting.reporting_unit_id = expected.reporting_unit_id
    inner join marts.dim_administrative_unit as units on reporting.unit_id = units.unit_id
    where
        units.valid_from <= $day::date
        and (units.valid_to is null or units.valid_to > $day::date)
),

acts as (
    select
        recognitions.*,
        units.reported_by_unit_id
    from marts.fct_recognition as recognitions
    inner join marts.dim_administrative_unit as units on recognitions.unit_id = units.unit_id
    where
        recognitions.subject_level = 'commune'
        and recognitions.decision_date <= $day::date
        and (units.valid_to is null or units.valid_to > $day::date)
    qualify row_number() over (
        partition by recognitions.unit_id, recognitions.title_code
        order by recognitions.decision_date desc, recognitions.act_code desc
    ) = 1
),

communes as (
    select
        reported_by_unit_id,
        count(*) filter (title_code = 'NTM') as ntm_count,
        count(*) filter (title_code = 'NTM_NC') as advanced_count,
        count(*) filter (title_code = 'NTM_KM') as model_count
    from acts
    where act_code <> 'withdrawal'
    group by all
),

areas as (
    select
        areas.*,
        units.reported_by_unit_id,
        coalesce(
            areas.decision_date <= $day::date
            and (areas.withdrawn_on is null or areas.withdrawn_on > $day::date)
            and (areas.ended_on is null or areas.ended_on > $day::date), false
        )::int as held
    from marts.fct_residential_area_status as areas
    inner join marts.dim_reporting_period as periods on areas.reporting_period_id = periods.reporting_period_id
    inner join marts.dim_administrative_unit as units on areas.unit_id = units.unit_id
    qualify row_number() over (partition by areas.area_code, areas.title_code order by periods.data_to desc) = 1
),

kinds as (
    select
        reported_by_unit_id,
        sum(held) filter (title_code = 'THON_NTM') as village_count,
        sum(held) filter (title_code = 'KDC_NTM') as area_count,
        sum(held) filter (title_code = 'KDC_KM') as model_area_count,
        sum(held) filter (title_code = 'VUON_MAU') as model_garden_count
    from areas
    group by all
),

final as (
    select
        case when grouping(places.reported_by_unit_id) = 1 then 'province' else 'unit' end as area_level,
        places.reported_by_unit_id as area_unit_id,
        sum(coalesce(communes.ntm_count, 0)) as ntm_count,
        sum(coalesce(communes.advanced_count, 0)) as advanced_count,
        sum(coalesce(communes.model_count, 0)) as model_count,
        sum(kinds.village_count) as village_count,
        sum(kinds.area_count) as area_count,
        sum(kinds.model_area_count) as model_area_count,
        sum(kinds.model_garden_count) as model_garden_count
    from places
    left join communes on places.reported_by_unit_id = communes.reported_by_unit_id
    left join kinds on places.reported_by_unit_id = kinds.reported_by_unit_id
    group by rollup (places.reported_by_unit_id)
    order by area_level, area_unit_id
)

select * from final
