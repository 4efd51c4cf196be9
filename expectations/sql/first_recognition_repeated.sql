-- A title is given for the first time once in a stage; the later of two such rows is a renewal, or a mistake.
-- (The same act on the same day is a repeated row.)
select
    later.submission_id,
    'recognitions' as form,
    later.sheet,
    later.act_code__cell as cell,
    later.row_id,
    'act_code' as column_name,
    later.act_code__text as value,
    vi_date(min(earlier.decision_date)) as expected,
    count(earlier.decision_date) = 0 as is_ok
from recognitions as later
left join recognitions as earlier
    on later.submission_id = earlier.submission_id
    and later.subject_code = earlier.subject_code
    and later.title_code = earlier.title_code
    and later.stage_code = earlier.stage_code
    and earlier.act_code = 'first'
    and earlier.decision_date < later.decision_date
where later.act_code = 'first' and later.decision_date is not null
group by all
