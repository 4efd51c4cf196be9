-- A milestone whose last plan lies before the closing day is reached, or its row says why not.
with in_force as (
    select
        *,
        row_number() over (
            partition by submission_id, subject_code, title_code, stage_code, criterion_no, milestone_no
            order by revision_no desc, row_number
        ) as recency
    from roadmap
    where subject_code is not null and title_code is not null and stage_code is not null
        and criterion_no is not null and milestone_no is not null and revision_no is not null
)

select
    rows.submission_id,
    'roadmap' as form,
    rows.sheet,
    rows.planned_on__cell as cell,
    rows.row_id,
    'planned_on' as column_name,
    rows.planned_on__text as value,
    vi_date(submissions.data_to) as expected,
    rows.planned_on > submissions.data_to
    or rows.actual_on is not null or rows.actual_on__text is not null
    or rows.explanation is not null as is_ok
from in_force as rows
inner join submissions using (submission_id)
where rows.recency = 1 and rows.planned_on is not null
