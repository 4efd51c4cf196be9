-- A meeting, briefing or training that nobody attended was not held.
select
    submission_id,
    'helper_activities' as form,
    sheet,
    participant_count__cell as cell,
    row_id,
    'participant_count' as column_name,
    participant_count__text as value,
    '> 0 (' || kind_code__text || ')' as expected,
    participant_count > 0 as is_ok
from helper_activities
where kind_code in ('meeting', 'briefing', 'training', 'communication') and participant_count is not null
