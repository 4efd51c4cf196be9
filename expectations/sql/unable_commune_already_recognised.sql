-- A commune that bears the title of the stage is not unable to complete in a year of that stage.
select
    flags.submission_id,
    'targets' as form,
    flags.sheet,
    flags.subject_code__cell as cell,
    flags.row_id,
    'subject_code' as column_name,
    flags.subject_code__text as value,
    vi_date(min(held.decision_date)) as expected,
    count(held.decision_date) = 0 as is_ok
from targets as flags
inner join reference.target_measures as measures using (measure_code)
left join reference.stages as stages
    on flags.plan_year between stages.from_year and stages.to_year
left join recognitions as held
    on flags.submission_id = held.submission_id
    and flags.subject_code = held.subject_code
    and held.title_code = measures.title_code
    and held.stage_code = stages.stage_code
    and held.act_code <> 'withdrawal'
where measures.measure_kind = 'flag'
group by all
