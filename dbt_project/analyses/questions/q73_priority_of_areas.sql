-- Câu hỏi 73. Nên ưu tiên thôn, khu dân cư nào: còn thiếu ít tiêu chí, dễ đạt, cần ít nguồn lực, khó xã hội hóa?
-- Question 73. Which villages and areas come first: few criteria missing, easy ones, little money needed, and of a kind
-- that society does not pay for?
-- Items: 3.7, 3.17
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn. The weights of the criteria are reference data (assumed for the sample, to be set by the province).
-- Grain: area not recognised that was reviewed by criterion in the latest 6-month or year period closed by D. Ranked in
-- its kind of title by: criteria missing; then the sum over these of difficulty, resource need and social-funding ease
-- (1 to 3 each, low first); then the money that is not secured.
with

latest as (
    select max_by(periods.reporting_period_id, periods.data_to) as reporting_period_id
    from marts.dim_reporting_period as periods
    where periods.period_type in ('6_months', 'year') and periods.data_to <= $day::date
),

reviewed as (
    select
        criteria.area_code,
        criteria.criteria_set_code,
        count(*) filter (criteria.mark = 'CD') as missing_count,
        string_agg(criteria.criterion_no::varchar, ', ' order by criteria.criterion_no)
            filter (criteria.mark = 'CD') as missing,
        coalesce(sum(weights.difficulty + weights.resource_need + weights.social_funding_ease)
            filter (criteria.mark = 'CD'), 0) as effort
    from marts.fct_residential_area_criterion as criteria
    inner join latest on criteria.reporting_period_id = latest.reporting_period_id
    left join marts.dim_criterion_priority as weights
        on
            criteria.criteria_set_code = weights.set_code
            and criteria.criterion_no = weights.criterion_no
    group by all
),

final as (
    select
        areas.area_code,
        areas.area_name,
        areas.unit_id,
        areas.title_code,
        reviewed.missing_count,
        reviewed.missing,
        reviewed.effort,
        areas.resource_needed_vnd - areas.resource_secured_vnd as not_secured_vnd,
        rank() over (
            partition by areas.title_code
            order by
                reviewed.missing_count,
                reviewed.effort,
                areas.resource_needed_vnd - areas.resource_secured_vnd nulls last
        ) as priority_rank
    from marts.fct_residential_area_status as areas
    inner join latest on areas.reporting_period_id = latest.reporting_period_id
    inner join reviewed
        on
            areas.area_code = reviewed.area_code
            and areas.criteria_set_code = reviewed.criteria_set_code
    where areas.status_code in ('met', 'near', 'in_progress') and areas.ended_on is null
    order by areas.title_code, priority_rank, areas.area_code
)

select * from final
