with

parts as (
    select * from {{ ref('int_form_part_validity') }}
)

select
    reporting_unit_id,
    reporting_period_id,
    form,
    state,
    submission_id,
    judgement_id,
    version,
    known_from,
    known_to,
    is_current
from parts
