-- The commune is told beforehand of a visit or meeting; without the day of notice that cannot be counted.
select
    submission_id,
    'helper_activities' as form,
    sheet,
    notified_on__cell as cell,
    row_id,
    'notified_on' as column_name,
    notified_on__text as value,
    null as expected,
    notified_on is not null as is_ok
from helper_activities
where kind_code in ('visit', 'meeting', 'briefing') and notified_on__problem is null and notified_on__cell is not null
