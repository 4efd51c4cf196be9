-- Câu hỏi 64. Nguồn huy động khác (đóng góp, hỗ trợ) có văn bản, biên bản làm căn cứ không?
-- Question 64. Do the other mobilised sources (contributions, support) rest on a document or minutes?
-- Items: 1.26
-- Parameters: $day (DATE) = D. Facts as known now.
-- Whole / Trọn vẹn.
-- Grain: source (contribution, support) x who gives. Contributions of the latest period closed by D that owes the form
-- (6 months, year), cumulative in its report year; support agreed by D, as promised. Money in đồng. The two are not
-- added: a gift may stand in both forms.
with

asked_period as (
    select *
    from marts.dim_reporting_period
    where
        period_type in ('6_months', 'year')
        and data_to <= $day::date
    order by data_to desc
    limit 1
),

mobilised as (
    select
        'contribution' as source,
        giver_code as given_by,
        value_vnd,
        ground_document
    from marts.fct_contribution
    where reporting_period_id in (select asked_period.reporting_period_id from asked_period)
    union all
    select
        'support' as source,
        donor_kind_code as given_by,
        promised_vnd as value_vnd,
        ground_document
    from marts.fct_support
    where agreed_on <= $day::date
)

select
    source,
    given_by,
    count(*) as line_count,
    count(ground_document) as with_ground_count,
    round(100.0 * count(ground_document) / count(*), 2) as with_ground_pct,
    sum(value_vnd) as value_vnd,
    coalesce(sum(value_vnd) filter (ground_document is null), 0) as without_ground_vnd
from mobilised
group by source, given_by
order by source, given_by
