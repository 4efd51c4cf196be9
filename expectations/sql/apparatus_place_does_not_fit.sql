-- Boards of villages and of the commune's works belong to a commune; an officer in charge too.
-- A place that is not read is judged by its own rule.
select
    submission_id,
    'apparatus' as form,
    sheet,
    place_code__cell as cell,
    row_id,
    'place_code' as column_name,
    place_code__text as value,
    body_code__text || ': xã' as expected,
    body_code__text || ': a commune' as expected_en,
    length(place_code) = 5 as is_ok
from apparatus
where body_code in ('village_board', 'management_board', 'standing_officer') and place_code is not null
