-- Four bodies evaluate, each for a time: the day of the evaluation decides, or the closing day where none is entered.
with judged as (
    select rows.*, coalesce(rows.evaluated_on, submissions.data_to) as day
    from evaluations as rows
    inner join submissions using (submission_id)
    where rows.evaluator_code is not null
)

select
    judged.submission_id,
    'evaluations' as form,
    judged.sheet,
    judged.evaluator_code__cell as cell,
    judged.row_id,
    'evaluator_code' as column_name,
    judged.evaluator_code__text as value,
    (
        select string_agg(agencies.name_vi, ', ' order by agencies.name_vi)
        from reference.evaluating_bodies as bodies
        inner join reference.agencies as agencies using (agency_code)
        where bodies.valid_from <= judged.day and (bodies.valid_to is null or judged.day < bodies.valid_to)
    ) as expected,
    exists (
        select 1
        from reference.evaluating_bodies as bodies
        where bodies.agency_code = judged.evaluator_code
            and bodies.valid_from <= judged.day
            and (bodies.valid_to is null or judged.day < bodies.valid_to)
    ) as is_ok
from judged
