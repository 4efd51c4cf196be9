-- Câu hỏi 26. Bao nhiêu đánh giá đạt, chưa đạt dựa trên mức yêu cầu chưa được đối chiếu với văn bản gốc?
-- Question 26. How many verdicts rest on a threshold that nobody has checked against the official text?
-- Items: 1.16, 2.5
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: set x indicator x part x threshold, over the units judged by a figure at P, the latest period closed by D in
-- which the set was reported on. An indicator of few units (three schools or fewer) and communes judged on another
-- region (specially difficult) may have a threshold of their own.
-- is_confirmed: read in the source that the threshold names; all others are to be verified by the office before a
-- verdict is held against a unit. close_count: units that fail or pass by less than one unit of measure.
with

latest as (
    select
        results.criteria_set_code,
        max_by(results.reporting_period_id, periods.data_to) as reporting_period_id
    from marts.fct_indicator_result as results
    inner join marts.dim_reporting_period as periods on results.reporting_period_id = periods.reporting_period_id
    where periods.data_to <= $day::date
    group by results.criteria_set_code
)

select
    results.criteria_set_code,
    results.reporting_period_id,
    results.indicator_no,
    results.part_code,
    results.threshold_value,
    results.threshold_confidence,
    results.threshold_confidence like 'confirmed%' as is_confirmed,
    count(*) as judged_count,
    count(*) filter (results.computed_verdict = 'CD') as failed_count,
    count(*) filter (abs(results.distance) < 1) as close_count
from marts.fct_indicator_result as results
inner join latest
    on
        results.criteria_set_code = latest.criteria_set_code
        and results.reporting_period_id = latest.reporting_period_id
where results.computed_basis = 'figure'
group by all
order by is_confirmed, failed_count desc, results.criteria_set_code, results.indicator_no, results.part_code
