-- A dossier or a milestone is of a criterion that the set of its title and stage has. Sets that the province or the
-- office does not know decide nothing.
with entered as (
    select submission_id, 'dossiers' as form, sheet, row_id, title_code, stage_code, criterion_no, criterion_no__cell,
        criterion_no__text
    from dossiers

    union all by name

    select submission_id, 'roadmap' as form, sheet, row_id, title_code, stage_code, criterion_no, criterion_no__cell,
        criterion_no__text
    from roadmap
),

sets as (
    select title_sets.title_code, title_sets.stage as stage_code, title_sets.province_code,
        max(criteria.criterion_no) as last_no, list(criteria.criterion_no) as numbers
    from reference.title_sets as title_sets
    inner join reference.criteria as criteria on title_sets.set_code = criteria.set_code
    group by all
)

select
    entered.submission_id,
    entered.form,
    entered.sheet,
    entered.criterion_no__cell as cell,
    entered.row_id,
    'criterion_no' as column_name,
    entered.criterion_no__text as value,
    '1-' || sets.last_no as expected,
    list_contains(sets.numbers, entered.criterion_no) as is_ok
from entered
inner join submissions using (submission_id)
inner join sets
    on entered.title_code = sets.title_code
    and entered.stage_code = sets.stage_code
    and coalesce(sets.province_code, submissions.province_code) = submissions.province_code
where entered.criterion_no is not null
