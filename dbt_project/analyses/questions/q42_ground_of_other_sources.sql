-- Câu hỏi 42. Nguồn huy động ngoài ngân sách có căn cứ hợp pháp không, bao nhiêu tiền chưa có văn bản?
-- Question 42. Do other mobilised sources have a lawful ground, and how much money has no document?
-- Items: 1.26
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit) x source, plan year of P(D), the latest period closed by D: integrated money,
-- enterprises, residents, other. A ground is the document named beside the line. Performed, in đồng.
with

asked_period as (
    select *
    from marts.dim_reporting_period
    where
        period_type <> 'stage'
        and data_to <= $day::date
    order by data_to desc
    limit 1
),

lines as (
    select
        funding.*,
        funding.assigning_decision is not null as has_ground
    from marts.fct_funding as funding
    inner join asked_period
        on
            funding.reporting_period_id = asked_period.reporting_period_id
            and funding.plan_year = asked_period.year
    inner join marts.dim_funding_source as sources on funding.source_code = sources.source_code
    where sources.group_code in ('integrated', 'enterprise', 'community', 'other')
)

select
    asked_period.reporting_period_id,
    case when grouping(lines.reporting_unit_id) = 1 then 'province' else 'unit' end as area_level,
    lines.reporting_unit_id,
    lines.source_code,
    count(*) as line_count,
    count(*) filter (lines.has_ground) as with_ground_count,
    sum(lines.performed_vnd) as performed_vnd,
    sum(lines.performed_vnd) filter (not lines.has_ground) as without_ground_vnd,
    round(
        100.0 * coalesce(sum(lines.performed_vnd) filter (lines.has_ground), 0)
        / nullif(sum(lines.performed_vnd), 0), 2
    ) as with_ground_pct
from lines
cross join asked_period
group by
    grouping sets ((lines.reporting_unit_id, lines.source_code), (lines.source_code)),
    asked_period.reporting_period_id
order by area_level, lines.reporting_unit_id, lines.source_code
