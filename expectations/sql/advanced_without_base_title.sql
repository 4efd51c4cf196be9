-- A title that builds on another is given to who holds that other one: earlier in the register, or known to the office.
with held as (
    select submission_id, subject_code, title_code, decision_date
    from recognitions
    where act_code <> 'withdrawal'

    union all

    select submissions.submission_id, known.unit_code, known.title_code, known.decision_date
    from reference.known_recognitions as known
    cross join submissions
),

claimed as (
    select rows.*, titles.base_title_code, titles.name_vi
    from recognitions as rows
    inner join reference.titles as titles using (title_code)
    where titles.base_title_code is not null
        and rows.subject_code is not null
        and rows.decision_date is not null
        and rows.act_code <> 'withdrawal'
)

select
    claimed.submission_id,
    'recognitions' as form,
    claimed.sheet,
    claimed.title_code__cell as cell,
    claimed.row_id,
    'title_code' as column_name,
    claimed.title_code__text as value,
    base.name_vi as expected,
    base.name_en as expected_en,
    exists (
        select 1
        from held
        where held.submission_id = claimed.submission_id
            and held.subject_code = claimed.subject_code
            and held.title_code = claimed.base_title_code
            and (held.decision_date is null or held.decision_date <= claimed.decision_date)
    ) as is_ok
from claimed
inner join reference.titles as base on claimed.base_title_code = base.title_code
