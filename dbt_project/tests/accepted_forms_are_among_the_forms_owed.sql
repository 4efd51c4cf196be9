-- Punctuality is exclusive and follows from what was received; accepted forms never exceed the forms owed.
select
    reporting_unit_id,
    reporting_period_id
from {{ ref('fct_submission') }}
where
    accepted_form_count > expected_form_count
    or (punctuality = 'missing') <> (version_count = 0)
    or (punctuality in ('on_time', 'late')) <> (accepted_submission_id is not null)
    or working_days_late > days_late
