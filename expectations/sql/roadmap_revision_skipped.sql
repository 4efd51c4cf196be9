-- A plan is revised from the one before, and the row of that one stays. A row whose key is unread may be it.
select
    rows.submission_id,
    'roadmap' as form,
    rows.sheet,
    rows.revision_no__cell as cell,
    rows.row_id,
    'revision_no' as column_name,
    rows.revision_no__text as value,
    cast(rows.revision_no - 1 as varchar) as expected,
    exists (
        select 1
        from roadmap as before
        where before.submission_id = rows.submission_id
            and coalesce(before.subject_code, rows.subject_code) = rows.subject_code
            and coalesce(before.title_code, rows.title_code) = rows.title_code
            and coalesce(before.stage_code, rows.stage_code) = rows.stage_code
            and coalesce(before.criterion_no, rows.criterion_no) = rows.criterion_no
            and coalesce(before.milestone_no, rows.milestone_no) = rows.milestone_no
            and coalesce(before.revision_no, rows.revision_no - 1) = rows.revision_no - 1
    ) as is_ok
from roadmap as rows
where rows.revision_no > 0
    and rows.subject_code is not null and rows.title_code is not null and rows.stage_code is not null
    and rows.criterion_no is not null and rows.milestone_no is not null
