-- The state of a dossier is that of the last step that has a day; a state without its day is asked as a day that lacks.
with reached as (
    select
        *,
        case
            when returned_on is not null then 'returned'
            when submitted_on is not null then 'submitted'
            when confirmed_on is not null then 'confirmed'
            when verified_on is not null then 'verified'
            when completed_on is not null then 'complete'
            when started_on is not null then 'in_preparation'
            else 'not_started'
        end as step_code
    from dossiers
),

ranked as (
    select
        reached.*,
        steps.label_vi as step_vi,
        steps.label_en as step_en,
        steps.sort_order > said.sort_order as is_behind
    from reached
    inner join reference.code_lists as steps on steps.list_code = 'dossier_status' and steps.code = reached.step_code
    inner join reference.code_lists as said on said.list_code = 'dossier_status' and said.code = reached.status_code
)

select
    submission_id,
    'dossiers' as form,
    sheet,
    status_code__cell as cell,
    row_id,
    'status_code' as column_name,
    status_code__text as value,
    step_vi as expected,
    step_en as expected_en,
    not is_behind as is_ok
from ranked
