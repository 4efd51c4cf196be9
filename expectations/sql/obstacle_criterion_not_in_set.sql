-- The criterion that is blocked is one of the set by which its title is judged in the period.
with sets as (
    select
        title_sets.title_code,
        title_sets.stage,
        title_sets.province_code,
        titles.name_vi,
        titles.name_en,
        max(criteria.criterion_no) as last_no
    from reference.title_sets as title_sets
    inner join reference.titles as titles on title_sets.title_code = titles.title_code
    inner join reference.criteria as criteria on title_sets.set_code = criteria.set_code
    group by title_sets.title_code, title_sets.stage, title_sets.province_code, titles.name_vi, titles.name_en
)

select
    rows.submission_id,
    'obstacles' as form,
    rows.sheet,
    rows.criterion_no__cell as cell,
    rows.row_id,
    'criterion_no' as column_name,
    rows.criterion_no__text as value,
    '1–' || sets.last_no || ' (' || sets.name_vi || ')' as expected,
    '1–' || sets.last_no || ' (' || sets.name_en || ')' as expected_en,
    rows.criterion_no between 1 and sets.last_no as is_ok
from obstacles as rows
inner join submissions using (submission_id)
inner join reference.reporting_periods as periods on submissions.reporting_period_id = periods.reporting_period_id
inner join sets
    on rows.title_code = sets.title_code
    and periods.stage = sets.stage
    and coalesce(sets.province_code, submissions.province_code) = submissions.province_code
where rows.criterion_no is not null
