-- Who is recognised in the period, on the set its report is about, meets every criterion of that set in the same report.
-- An indicator that is not met leaves its criterion unmet; a mark or verdict that is not known decides nothing.
with decided as (
    select rows.*, title_sets.set_code
    from recognitions as rows
    inner join submissions using (submission_id)
    inner join reference.reporting_periods as periods on submissions.reporting_period_id = periods.reporting_period_id
    inner join reference.title_sets as title_sets
        on rows.title_code = title_sets.title_code and rows.stage_code = title_sets.stage
    where rows.act_code in ('first', 'renewal')
        and rows.decision_date between periods.discrete_from and periods.data_to
),

communes as (
    select
        submission_id,
        criteria_set_code as set_code,
        commune_code as subject_code,
        string_agg(criterion_no, ', ' order by try_cast(criterion_no as integer)) filter (where mark = 'CD') as unmet
    from criteria_summary
    where mark is not null and commune_code is not null
    group by all
),

units as (
    select
        rows.submission_id,
        rows.criteria_set_code as set_code,
        split_part(submissions.unit_id, '.', 1) as subject_code,
        string_agg(distinct rows.indicator_no, ', ' order by rows.indicator_no) filter (where rows.verdict = 'CD')
            as unmet
    from unit_criteria as rows
    inner join submissions using (submission_id)
    where rows.verdict is not null
    group by all
),

judged as (
    select * from communes
    union all
    select * from units
)

select
    decided.submission_id,
    'recognitions' as form,
    decided.sheet,
    decided.title_code__cell as cell,
    decided.row_id,
    'title_code' as column_name,
    decided.title_code__text as value,
    'tiêu chí (chỉ tiêu) chưa đạt: ' || coalesce(judged.unmet, '') as expected,
    'not met: ' || coalesce(judged.unmet, '') as expected_en,
    judged.unmet is null as is_ok
from decided
inner join judged using (submission_id, set_code, subject_code)
