-- A criterion is met only when all of its indicators are: compared with the detailed form of the same submission.
with unmet as (
    select
        results.submission_id,
        results.criteria_set_code,
        results.commune_code,
        cast(indicators.criterion_no as varchar) as criterion_no,
        string_agg(distinct results.indicator_no, ', ' order by results.indicator_no) as indicators
    from criteria_results as results
    inner join reference.indicators as indicators
        on results.criteria_set_code = indicators.set_code and results.indicator_no = indicators.indicator_no
    where results.verdict = 'CD'
    group by all
)

select
    summary.submission_id,
    'criteria_summary' as form,
    summary.sheet,
    summary.mark__cell as cell,
    summary.row_id,
    'mark' as column_name,
    summary.mark__text as value,
    'chỉ tiêu ' || coalesce(unmet.indicators, '') as expected,
    'indicator ' || coalesce(unmet.indicators, '') as expected_en,
    unmet.indicators is null as is_ok
from criteria_summary as summary
left join unmet using (submission_id, criteria_set_code, commune_code, criterion_no)
where summary.mark = 'D'
