-- An assignment that ends has a day and a reason; one without the other is half an entry. Shown on the one that lacks.
select
    submission_id,
    'helper_assignments' as form,
    sheet,
    case when valid_to is null then valid_to__cell else end_reason__cell end as cell,
    row_id,
    case when valid_to is null then 'valid_to' else 'end_reason' end as column_name,
    case when valid_to is null then valid_to__text else end_reason__text end as value,
    case when valid_to is null then 'ngày kết thúc (' || end_reason__text || ')' else 'lý do kết thúc' end as expected,
    case when valid_to is null then 'the day it ends' else 'the reason of its end' end as expected_en,
    (valid_to is null) = (end_reason is null) as is_ok
from helper_assignments
where valid_to__problem is null and end_reason__problem is null
