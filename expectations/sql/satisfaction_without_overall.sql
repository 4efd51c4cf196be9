-- A survey has an overall result beside its contents: conditions of recognition rest on it.
with surveys as (
    select
        submission_id,
        sheet,
        subject_code,
        title_code,
        arg_min(content_code__cell, row_number) as first_cell,
        arg_min(content_code__text, row_number) as first_text,
        any_value(subject_code__text) as subject_text,
        bool_or(content_code = 'overall') as has_overall
    from satisfaction
    where subject_code is not null and title_code is not null
    group by submission_id, sheet, subject_code, title_code
    having count(content_code) = count(*)
)

select
    submission_id,
    'satisfaction' as form,
    sheet,
    first_cell as cell,
    null as row_id,
    'content_code' as column_name,
    first_text as value,
    'Kết quả chung: ' || subject_text as expected,
    'overall result: ' || subject_text as expected_en,
    has_overall as is_ok
from surveys
