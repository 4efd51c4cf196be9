-- Câu hỏi 72. Rà soát gần nhất: bao nhiêu thôn, khu dân cư, vườn đã đạt, gần đạt, chưa đạt, bao nhiêu chậm so
-- với lộ trình?
-- Question 72. In the latest review, how many villages, areas and gardens are met, near, not met, and how many are
-- behind their roadmap?
-- Items: 3.3, 3.8, 3.13
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: province and each reporting unit × kind of title, in the latest 6-month or year period closed by D. The five
-- statuses are exclusive and add up to area_count (areas that still exist on the closing day). behind_count: not
-- recognised and planned for an earlier year, or for this one once it is over (year report). reviewed_from is the
-- oldest review counted.
with

latest as (
    select max_by(periods.reporting_period_id, periods.data_to) as reporting_period_id
    from marts.dim_reporting_period as periods
    where periods.period_type in ('6_months', 'year') and periods.data_to <= $day::date
),

areas as (
    select
        areas.*,
        units.reported_by_unit_id,
        areas.planned_year < periods.year
        or (areas.planned_year = periods.year and periods.period_type = 'year') as is_due
    from marts.fct_residential_area_status as areas
    inner join latest on areas.reporting_period_id = latest.reporting_period_id
    inner join marts.dim_reporting_period as periods on latest.reporting_period_id = periods.reporting_period_id
    inner join marts.dim_administrative_unit as units on areas.unit_id = units.unit_id
    where areas.ended_on is null or areas.ended_on > periods.data_to
),

placed as (
    select 'province' as area_level, null as area_unit_id, areas.* from areas
    union all
    select 'unit' as area_level, areas.reported_by_unit_id as area_unit_id, areas.* from areas
),

final as (
    select
        placed.area_level,
        placed.area_unit_id,
        placed.title_code,
        count(*) as area_count,
        count(*) filter (placed.status_code = 'recognised') as recognised_count,
        count(*) filter (placed.status_code = 'met') as met_count,
        count(*) filter (placed.status_code = 'near') as near_count,
        count(*) filter (placed.status_code = 'in_progress') as in_progress_count,
        count(*) filter (placed.status_code = 'withdrawn') as withdrawn_count,
        count(*) filter (
            placed.status_code in ('met', 'near', 'in_progress') and coalesce(placed.is_due, false)
        ) as behind_count,
        min(placed.reviewed_on) as reviewed_from
    from placed
    group by all
    order by placed.area_level, placed.area_unit_id, placed.title_code
)

select * from final
