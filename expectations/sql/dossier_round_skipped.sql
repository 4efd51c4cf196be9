-- A later round follows one that was returned, and the row of that one stays. A row whose key is unread may be it.
select
    rows.submission_id,
    'dossiers' as form,
    rows.sheet,
    rows.round_no__cell as cell,
    rows.row_id,
    'round_no' as column_name,
    rows.round_no__text as value,
    cast(rows.round_no - 1 as varchar) as expected,
    exists (
        select 1
        from dossiers as before
        where before.submission_id = rows.submission_id
            and coalesce(before.subject_code, rows.subject_code) = rows.subject_code
            and coalesce(before.title_code, rows.title_code) = rows.title_code
            and coalesce(before.stage_code, rows.stage_code) = rows.stage_code
            and coalesce(before.criterion_no, rows.criterion_no) = rows.criterion_no
            and coalesce(before.round_no, rows.round_no - 1) = rows.round_no - 1
            and coalesce(before.status_code, 'returned') = 'returned'
    ) as is_ok
from dossiers as rows
where rows.round_no > 1
    and rows.subject_code is not null and rows.title_code is not null
    and rows.stage_code is not null and rows.criterion_no is not null
