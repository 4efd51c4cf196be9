-- Câu hỏi 40. Huy động được bao nhiêu nguồn lực, có và không có tín dụng; vốn lồng ghép bao nhiêu?
-- Question 40. How much was mobilised, with and without credit; how much of it is integrated money?
-- Items: 1.7, 4.9
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit), plan year of P(D), the latest period closed by D, all programmes. Đồng.
-- Mobilised is what was performed; of credit, what was lent. The groups are exclusive. Integrated money stands apart:
-- it is no matching money (question 10), and where another programme of the same table pays it, it is told there too:
-- without_credit_vnd and with_credit_vnd then hold it twice. The totals without integrated money (own_...) never do.
-- The figures are of reported_unit_count units of the expected_unit_count that owe a report: the province may be told
-- in part.
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

summed as (
    select
        case when grouping(funding.reporting_unit_id) = 1 then 'province' else 'unit' end as area_level,
        funding.reporting_unit_id,
        sum(funding.performed_vnd) filter (sources.group_code = 'central') as central_vnd,
        sum(funding.performed_vnd) filter (sources.group_code = 'local') as local_vnd,
        sum(funding.performed_vnd) filter (sources.group_code = 'integrated') as integrated_vnd,
        sum(funding.performed_vnd) filter (sources.group_code = 'enterprise') as enterprise_vnd,
        sum(funding.performed_vnd) filter (sources.group_code = 'community') as community_vnd,
        sum(funding.performed_vnd) filter (sources.group_code = 'other') as other_vnd,
        sum(funding.lent_vnd) filter (sources.group_code = 'credit') as credit_vnd,
        sum(funding.performed_vnd) filter (sources.group_code <> 'credit') as without_credit_vnd,
        sum(case when sources.group_code = 'credit' then funding.lent_vnd else funding.performed_vnd end)
            as with_credit_vnd,
        sum(funding.performed_vnd) filter (sources.group_code not in ('credit', 'integrated'))
            as own_without_credit_vnd,
        sum(case when sources.group_code = 'credit' then funding.lent_vnd else funding.performed_vnd end)
            filter (sources.group_code <> 'integrated') as own_with_credit_vnd
    from marts.fct_funding as funding
    inner join asked_period
        on
            funding.reporting_period_id = asked_period.reporting_period_id
            and funding.plan_year = asked_period.year
    inner join marts.dim_funding_source as sources on funding.source_code = sources.source_code
    group by grouping sets ((funding.reporting_unit_id), ())
),

reports as (
    select
        submissions.reporting_unit_id,
        count(submissions.accepted_submission_id) as reported_unit_count,
        count(*) as expected_unit_count
    from marts.fct_submission as submissions
    inner join asked_period on submissions.reporting_period_id = asked_period.reporting_period_id
    group by grouping sets ((submissions.reporting_unit_id), ())
)

select
    asked_period.reporting_period_id,
    reports.reported_unit_count,
    reports.expected_unit_count,
    summed.*,
    round(100.0 * summed.credit_vnd / nullif(summed.with_credit_vnd, 0), 2) as credit_pct,
    round(100.0 * summed.integrated_vnd / nullif(summed.without_credit_vnd, 0), 2) as integrated_pct,
    round(
        100.0 * (coalesce(summed.enterprise_vnd, 0) + coalesce(summed.community_vnd, 0))
        / nullif(summed.without_credit_vnd, 0), 2
    ) as contributed_pct
from summed
cross join asked_period
left join reports on summed.reporting_unit_id is not distinct from reports.reporting_unit_id
order by summed.area_level, summed.reporting_unit_id
