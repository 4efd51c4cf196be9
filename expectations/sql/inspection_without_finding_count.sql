-- An inspection or supervision that was held says how much it found: nothing found is 0, not blank.
select
    submission_id,
    'activities' as form,
    sheet,
    finding_count__cell as cell,
    row_id,
    'finding_count' as column_name,
    finding_count__text as value,
    kind_code__text as expected,
    finding_count is not null as is_ok
from activities
where kind_code in ('inspection', 'supervision') and activity_date is not null and finding_count__problem is null
