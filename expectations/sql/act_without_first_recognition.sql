-- A title is renewed or withdrawn only where it was given: earlier in the register, or known to the office.
with given as (
    select submission_id, subject_code, title_code, decision_date
    from recognitions
    where act_code = 'first'

    union all

    select submissions.submission_id, known.unit_code, known.title_code, known.decision_date
    from reference.known_recognitions as known
    cross join submissions
)

select
    rows.submission_id,
    'recognitions' as form,
    rows.sheet,
    rows.act_code__cell as cell,
    rows.row_id,
    'act_code' as column_name,
    rows.act_code__text as value,
    rows.subject_code__text || ' - ' || titles.name_vi as expected,
    rows.subject_code__text || ' - ' || titles.name_en as expected_en,
    exists (
        select 1
        from given
        where given.submission_id = rows.submission_id
            and given.subject_code = rows.subject_code
            and given.title_code = rows.title_code
            and (given.decision_date is null or rows.decision_date is null or given.decision_date < rows.decision_date)
    ) as is_ok
from recognitions as rows
inner join reference.titles as titles using (title_code)
where rows.act_code in ('renewal', 'withdrawal') and rows.subject_code is not null
